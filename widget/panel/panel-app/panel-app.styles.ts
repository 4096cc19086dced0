import { css } from 'lit';

/** Styles of `<smoope-panel>`. */
export const panelAppStyles = css`
  :host {
    display: grid;
    grid-template: auto minmax(0, 1fr) / minmax(0, 1fr);
    height: 100dvh;
    background: var(--ground);
    color: var(--text);
    font: 16px/1.5 var(--font);
  }
  main {
    display: grid;
    grid-template: minmax(0, 1fr) / minmax(0, 1fr);
    min-height: 0;
  }
  .welcome {
    display: flex;
    flex-direction: column;
    justify-content: space-between;
    gap: 24px;
    overflow: auto;
    overflow-wrap: anywhere;
    padding: 32px max(16px, 50% - 360px) 8px;
    outline-offset: -2px;
  }
  .hello {
    padding-inline: 8px;
  }
  .hello h2 {
    margin-block-end: 8px;
    font-size: 28px;
    font-weight: 650;
    letter-spacing: -0.015em;
    line-height: 1.2;
    text-wrap: balance;
  }
  .hello p {
    color: var(--muted);
    text-wrap: pretty;
  }
  .hours {
    margin-block-start: 8px;
  }
  .hours::before,
  .waits::before {
    content: '';
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 8px;
    border-radius: 50%;
    background: var(--edge);
  }
  .here::before {
    background: var(--good);
  }
  .notice {
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
  .notice svg {
    grid-row: span 2;
  }
  .notice h2 {
    color: var(--text);
    font-weight: 600;
    line-height: 20px;
  }
  .notice ul {
    display: flex;
    flex-wrap: wrap;
    gap: 0 16px;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  .notice a {
    display: inline-block;
    padding-block: 4px;
    color: var(--text);
  }
  .connection {
    padding-inline: 24px;
    color: var(--muted);
    font-size: 14px;
    text-align: center;
    text-wrap: balance;
  }
  .connection:last-child {
    padding-block: 8px 16px;
  }
  .waits::before {
    background: var(--waiting);
  }
  .loading {
    display: grid;
    align-content: end;
    gap: 12px;
    padding: 16px;
    animation: late 0.3s 0.3s both;
  }
  .loading i {
    width: 65%;
    height: 40px;
    border-radius: 18px;
    background: var(--ground-low);
  }
  .loading i:nth-child(2) {
    width: 45%;
    justify-self: end;
  }
  @keyframes late {
    from {
      opacity: 0;
    }
  }
`;
