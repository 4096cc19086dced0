import { css } from 'lit';

/** Styles of `<smoope-message-list>`. */
export const messageListStyles = css`
  :host {
    position: relative;
    display: grid;
    min-height: 0;
  }
  .log {
    overflow: auto;
    overflow-anchor: none;
    overscroll-behavior: contain;
    padding: 0 max(16px, 50% - 360px) 12px;
    scrollbar-width: thin;
    outline-offset: -2px;
  }
  .day,
  .line {
    margin: 16px auto 12px;
    color: var(--muted);
    font-size: 12px;
    text-align: center;
  }
  .line {
    max-width: 32ch;
    font-size: 14px;
  }
  .row {
    display: grid;
    grid-template-columns: 28px minmax(0, auto) minmax(40px, 1fr);
    column-gap: 8px;
    margin-block-start: 2px;
  }
  .first {
    margin-block-start: 12px;
  }
  .own {
    grid-template-columns: minmax(48px, 1fr) minmax(0, auto);
  }
  .name,
  .foot {
    grid-column: 2 / -1;
    padding-inline: 12px;
    color: var(--muted);
    font-size: 12px;
    line-height: 20px;
  }
  .own .foot {
    text-align: end;
  }
  .avatar {
    grid-column: 1;
    align-self: end;
  }
  .bubble {
    grid-column: 2;
    width: fit-content;
    max-width: 100%;
    padding: 8px 14px;
    border-radius: 18px;
    background: var(--ground-low);
    overflow-wrap: anywhere;
    animation: arrive var(--move);
  }
  .plain {
    white-space: pre-wrap;
  }
  .bubble,
  .more,
  .avatar {
    grid-row: 2;
  }
  .foot {
    grid-row: 4;
  }
  .more {
    grid-column: 3;
    align-self: center;
    width: 32px;
    height: 32px;
    opacity: 0;
  }
  .own .more {
    grid-column: 1;
    justify-self: end;
  }
  .row:hover .more,
  .more:focus-visible {
    opacity: 1;
  }
  @media (hover: none) {
    .row:hover .more:not(:focus-visible) {
      opacity: 0;
    }
  }
  .file .bubble {
    padding: 4px;
  }
  .bubble small {
    font-size: 12px;
  }
  .last .bubble {
    border-end-start-radius: 4px;
  }
  .own .bubble {
    justify-self: end;
    background: var(--company);
    color: var(--on-company);
  }
  .own.last .bubble {
    border-end-start-radius: 18px;
    border-end-end-radius: 4px;
  }
  .gone .bubble {
    border: 1px solid var(--line);
    background: none;
    color: var(--muted);
    font-style: italic;
  }
  .foot.failed {
    color: var(--bad);
  }
  .foot button {
    min-height: 24px;
    padding: 0;
    color: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 2px;
  }
  .bubble :is(p, ul, ol, pre, blockquote, table, hr) {
    margin: 8px 0;
  }
  .bubble > :first-child {
    margin-block-start: 0;
  }
  .bubble > :last-child {
    margin-block-end: 0;
  }
  .bubble :is(ul, ol) {
    padding-inline-start: 20px;
  }
  .heading {
    font-weight: 600;
  }
  blockquote {
    padding-inline-start: 10px;
    border-inline-start: 3px solid;
  }
  code,
  pre {
    font:
      14px/1.5 ui-monospace,
      monospace;
  }
  pre,
  table {
    display: block;
    overflow: auto;
    white-space: pre;
  }
  td,
  th {
    padding: 4px 8px;
    border: 1px solid;
    text-align: start;
  }
  .out svg {
    width: 0.9em;
    height: 0.9em;
    margin-inline-start: 1px;
    vertical-align: -0.1em;
  }
  .dots {
    display: flex;
    align-items: center;
    gap: 4px;
    height: 40px;
  }
  .dots i {
    width: 7px;
    height: 7px;
    border-radius: 50%;
    background: var(--muted);
    animation: breathe 1.2s infinite;
  }
  .dots i:nth-child(2) {
    animation-delay: 0.15s;
  }
  .dots i:nth-child(3) {
    animation-delay: 0.3s;
  }
  .newest {
    position: absolute;
    inset-block-end: 8px;
    inset-inline-end: 16px;
    background: var(--ground);
    color: var(--text);
    box-shadow: var(--float);
  }
  @keyframes arrive {
    from {
      opacity: 0;
      transform: translateY(6px);
    }
  }
  @keyframes breathe {
    0%,
    60%,
    100% {
      opacity: 0.35;
    }
    30% {
      opacity: 1;
    }
  }
  @media (prefers-reduced-motion) {
    .dots i {
      animation: none;
    }
  }
`;
