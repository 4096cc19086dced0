import { css } from 'lit';

/** Styles of `<smoope-pre-chat>`. */
export const preChatStyles = css`
  :host {
    display: block;
    padding-inline: 8px;
  }
  section {
    display: grid;
    gap: 16px;
  }
  h2 {
    font-size: 18px;
    font-weight: 600;
    line-height: 1.3;
  }
  .field {
    display: grid;
    gap: 4px;
  }
  .agreement {
    grid-template-columns: 24px 1fr;
    align-items: start;
  }
  .agreement label {
    grid-area: 1 / 2;
  }
  .agreement p {
    grid-column: 2;
  }
  label {
    font-weight: 600;
    line-height: 1.4;
  }
  input:not([type='checkbox']),
  select {
    width: 100%;
    min-height: 44px;
    padding: 8px 12px;
    border: 1px solid var(--edge);
    border-radius: 6px;
    background: var(--ground);
    color: inherit;
    font: 16px/1.3 var(--font);
  }
  [type='checkbox'] {
    width: 20px;
    height: 20px;
    margin: 1px 0 0;
    accent-color: var(--company);
  }
  [aria-invalid='true'] {
    border-color: var(--bad) !important;
    outline-color: var(--bad);
  }
  .muted,
  .problem {
    font-size: 14px;
    font-weight: 400;
    line-height: 1.4;
  }
  .muted {
    color: var(--muted);
  }
  .problem {
    color: var(--bad);
  }
  .problem:empty {
    display: none;
  }
`;
