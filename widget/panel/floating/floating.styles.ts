import { css } from 'lit';

/** Styles of what floats over the panel: menus and pickers. */
export const floatingStyles = css`
  [popover] {
    position: fixed;
    inset: auto;
    box-sizing: border-box;
    width: max-content;
    min-width: 200px;
    max-width: calc(100vw - 16px);
    max-height: calc(100vh - 16px);
    margin: 0;
    overflow: auto;
    padding: 8px;
    border: 1px solid var(--line);
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    box-shadow: var(--float);
    font: 14px/1.4 var(--font);
  }
  .item {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 40px;
    padding: 4px 12px;
    border-radius: 6px;
    color: inherit;
    text-align: start;
    text-decoration: none;
  }
  .item:hover,
  .item:focus-visible {
    background: var(--ground-low);
  }
  .item:focus-visible {
    outline-offset: -2px;
  }
  .item svg {
    flex: none;
    color: var(--muted);
  }
  .bad,
  .bad svg {
    color: var(--bad);
  }
  .note {
    padding: 4px 12px 8px;
    color: var(--muted);
  }
  @media (pointer: coarse) {
    .item {
      min-height: 44px;
    }
  }
  hr {
    margin: 4px 0;
    border: 0;
    border-block-start: 1px solid var(--line);
  }
`;
