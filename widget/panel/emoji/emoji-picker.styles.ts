import { css } from 'lit';

/** Styles of `<smoope-emoji-picker>`. */
export const emojiPickerStyles = css`
  [popover] {
    width: min(324px, 100vw - 16px);
    overflow: hidden;
  }
  input {
    width: 100%;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--edge);
    border-radius: 6px;
    background: var(--ground);
    color: inherit;
    font: 16px/1.3 var(--font);
  }
  .groups {
    height: min(260px, 100vh - 120px);
    margin-block-start: 8px;
    overflow: auto;
    scrollbar-width: thin;
  }
  h2 {
    padding: 8px 4px 4px;
    color: var(--muted);
    font-size: 12px;
    font-weight: 600;
  }
  .emoji {
    width: 42px;
    height: 44px;
    padding: 0;
    border-radius: 6px;
    font-size: 24px;
    line-height: 1;
  }
  .emoji:hover,
  .emoji:focus-visible {
    background: var(--ground-low);
  }
  .emoji:focus-visible {
    outline-offset: -2px;
  }
  .note:empty {
    display: none;
  }
`;
