import { css } from 'lit';

/** Styles of `<smoope-composer>`. */
export const composerStyles = css`
  :host {
    display: block;
    padding: 8px max(12px, 50% - 360px) max(12px, env(safe-area-inset-bottom));
  }
  :host([hidden]) {
    display: none;
  }
  form {
    display: flex;
    align-items: end;
    gap: 2px;
    padding: 4px;
    border: 1px solid var(--edge);
    border-radius: 26px;
    background: var(--ground);
    transition: border-color var(--quick);
  }
  form:focus-within {
    border-color: var(--company);
    box-shadow: 0 0 0 1px var(--company);
  }
  textarea {
    flex: 1;
    min-width: 0;
    max-height: 136px;
    padding: 8px;
    border: 0;
    outline: 0 !important;
    background: none;
    color: inherit;
    font: 16px/24px var(--font);
    resize: none;
    overscroll-behavior: contain;
    scrollbar-width: thin;
  }
  textarea::placeholder {
    color: var(--muted);
    opacity: 1;
  }
  textarea:first-child {
    padding-inline-start: 14px;
  }
  @media (pointer: coarse) {
    .emoji {
      display: none;
    }
  }
  .left {
    color: var(--muted);
  }
  .round {
    width: 40px;
    height: 40px;
  }
  .send {
    background: var(--company);
    color: var(--on-company);
    transition:
      background var(--quick),
      transform var(--quick);
  }
  .send:active {
    transform: scale(0.94);
  }
  [aria-disabled='true'] {
    background: var(--ground-hover);
    color: var(--muted);
    cursor: default;
  }
  .left,
  .long {
    padding: 0 16px 8px;
    font-size: 14px;
  }
  .long {
    color: var(--bad);
  }
`;
