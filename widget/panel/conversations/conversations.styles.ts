import { css } from 'lit';

/** Styles of `<smoope-conversations>`. */
export const conversationsStyles = css`
  :host {
    display: flex;
    flex-direction: column;
    overflow: auto;
    padding: 16px;
  }
  h2 {
    padding: 0 8px 12px;
    font-size: 22px;
    font-weight: 650;
    line-height: 1.3;
  }
  h2:focus {
    outline: 0;
  }
  ul {
    display: grid;
    margin: 0;
    padding: 0;
    list-style: none;
  }
  li button {
    display: flex;
    align-items: center;
    gap: 12px;
    width: 100%;
    min-height: 64px;
    padding: 8px;
    border-radius: 12px;
    text-align: start;
  }
  li button:hover {
    background: var(--ground-low);
  }
  .avatar {
    width: 40px;
    height: 40px;
    font-size: 15px;
  }
  .words {
    flex: 1;
    min-width: 0;
  }
  b,
  small {
    display: block;
    overflow: hidden;
    font-size: 14px;
    line-height: 1.4;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  b {
    font-size: 16px;
    font-weight: 600;
  }
  small {
    color: var(--muted);
  }
  .end {
    display: grid;
    gap: 4px;
    justify-items: end;
  }
  .end small {
    font-size: 12px;
  }
  .unread {
    min-width: 20px;
    padding: 0 6px;
    border-radius: 10px;
    background: var(--company);
    color: var(--on-company);
    font-size: 12px;
    font-weight: 600;
    line-height: 20px;
    text-align: center;
  }
  p {
    padding-inline: 8px;
    color: var(--muted);
  }
  .new {
    flex: none;
    min-height: 44px;
    margin-block-start: auto;
    padding: 8px 16px;
    border-radius: 6px;
    background: var(--company);
    color: var(--on-company);
    font-weight: 600;
  }
`;
