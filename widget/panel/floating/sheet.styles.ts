import { css } from 'lit';

/** Styles of a dialog that comes up from the lower edge of the panel. */
export const sheetStyles = css`
  dialog {
    box-sizing: border-box;
    width: min(100%, 480px);
    max-width: none;
    max-height: 100%;
    margin: auto auto 0;
    padding: 24px;
    border: 0;
    border-radius: 18px 18px 0 0;
    background: var(--ground);
    color: var(--text);
    box-shadow: var(--float);
    font: 16px/1.5 var(--font);
  }
  dialog::backdrop {
    background: #0b172299;
  }
  dialog h2 {
    margin-block-end: 8px;
    font-size: 18px;
    font-weight: 650;
    line-height: 1.3;
  }
  dialog p {
    color: var(--muted);
    text-wrap: pretty;
  }
  .choices {
    display: grid;
    gap: 8px;
    margin-block-start: 24px;
  }
  .choice {
    min-height: 44px;
    padding: 8px 16px;
    border: 1px solid var(--edge);
    border-radius: 6px;
    font-weight: 600;
  }
  .choice:hover {
    background: var(--ground-low);
  }
  .choice.main {
    border-color: var(--company);
    background: var(--company);
    color: var(--on-company);
  }
  .choice.danger {
    border-color: var(--bad);
    color: var(--bad);
  }
`;
