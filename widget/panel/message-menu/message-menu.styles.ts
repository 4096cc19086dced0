import { css } from 'lit';

/** Styles of `<smoope-message-menu>`. */
export const messageMenuStyles = css`
  .quick {
    display: flex;
    flex-wrap: wrap;
    margin-block-end: 4px;
    padding-block-end: 4px;
    border-block-end: 1px solid var(--line);
  }
  .quick button {
    display: grid;
    place-items: center;
    width: 40px;
    height: 44px;
    padding: 0;
    border-radius: 12px;
    color: var(--muted);
    font-size: 22px;
  }
  .quick button:hover,
  .quick button:focus-visible,
  .quick [aria-checked='true'] {
    background: var(--ground-low);
  }
  .quick [aria-checked='true'] {
    box-shadow: inset 0 0 0 2px var(--company);
  }
  .note {
    max-width: 260px;
    color: var(--text);
  }
`;
