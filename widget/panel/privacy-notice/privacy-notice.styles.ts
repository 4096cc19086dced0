import { css } from 'lit';

/** Styles of `<smoope-privacy-notice>`. */
export const privacyNoticeStyles = css`
  :host {
    display: grid;
    grid-template-columns: auto 1fr;
    gap: 4px 12px;
    padding: 12px 16px;
    border-radius: 12px;
    background: var(--ground-low);
    color: var(--muted);
    font-size: 14px;
    line-height: 1.45;
  }
  svg {
    grid-row: span 2;
  }
  h2 {
    color: var(--text);
    font-weight: 600;
    line-height: 20px;
  }
  ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  a {
    display: inline-block;
    padding-block: 4px;
    color: var(--text);
  }
`;
