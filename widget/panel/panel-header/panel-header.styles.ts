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
  .back {
    position: relative;
    margin-inline: -8px 4px;
  }
  .back b {
    position: absolute;
    inset-block-start: 4px;
    inset-inline-end: 2px;
    min-width: 18px;
    padding: 0 5px;
    border-radius: 9px;
    background: var(--bad);
    color: var(--ground);
    font: 600 12px/18px var(--font);
  }
  .back:dir(rtl) svg {
    transform: scaleX(-1);
  }
`;
