import { css } from 'lit';

/** Styles of `<smoope-rating>`. */
export const ratingStyles = css`
  :host {
    display: block;
    padding: 8px 16px;
    text-align: center;
  }
  fieldset {
    margin: 0;
    padding: 0;
    border: 0;
  }
  legend {
    width: 100%;
    padding: 0 0 4px;
    font-weight: 600;
  }
  fieldset button {
    width: 48px;
    height: 48px;
    padding: 0;
    border-radius: 24px;
    font-size: 26px;
    line-height: 1;
    transition: transform var(--quick);
  }
  fieldset button:hover {
    background: var(--ground-low);
    transform: scale(1.08);
  }
  .muted {
    color: var(--muted);
    font-size: 12px;
  }
  .link {
    min-height: 24px;
    padding: 0;
    text-decoration: underline;
  }
  [role='status']:empty {
    display: none;
  }
`;
