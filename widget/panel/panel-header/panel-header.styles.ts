import { css } from 'lit';

/** Styles of `<smoope-panel-header>`. */
export const panelHeaderStyles = css`
  :host {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 64px;
    padding-block: 8px;
    padding-inline: 16px 8px;
    border-block-end: 1px solid var(--line);
  }
  .company {
    width: 40px;
    height: 40px;
    margin-inline-end: 8px;
    border-radius: 12px;
    background: var(--company);
    color: var(--on-company);
    font-size: 18px;
  }
  .company:has(img:not([hidden])) {
    background: none;
  }
  .person {
    width: 40px;
    height: 40px;
    margin-inline: -20px 8px;
    border: 2px solid var(--ground);
    font-size: 15px;
  }
  @media (max-width: 340px) {
    .person {
      display: none;
    }
  }
  .names {
    flex: 1;
    min-width: 0;
    line-height: 1.3;
  }
  h1,
  .sub {
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  h1 {
    font-weight: 600;
  }
  .sub {
    color: var(--muted);
    font-size: 14px;
  }
  [popover] {
    position: fixed;
    inset-block: 60px auto;
    inset-inline: auto 12px;
    min-width: 220px;
    max-width: calc(100vw - 24px);
    margin: 0;
    padding: 8px;
    border: 0;
    border-radius: 12px;
    background: var(--ground);
    color: var(--text);
    box-shadow: var(--float);
    font-size: 14px;
  }
  [popover] > * {
    display: flex;
    align-items: center;
    gap: 4px;
    min-height: 44px;
    padding: 8px 12px;
    border-radius: 6px;
    text-decoration: none;
  }
  [popover] p {
    color: var(--muted);
  }
  [popover] a:hover {
    background: var(--ground-low);
  }
  [popover] svg {
    width: 16px;
    margin-inline-start: auto;
    color: var(--muted);
  }
  @media (prefers-color-scheme: dark) {
    [popover] {
      background: var(--ground-low);
    }
    [popover] a:hover {
      background: var(--ground-hover);
    }
  }
`;
