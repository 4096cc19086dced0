import { css } from 'lit';

/** What all elements of the panel share; colours and times are custom properties of the page. */
export const baseStyles = css`
  *,
  ::before,
  ::after {
    box-sizing: border-box;
  }
  h1,
  h2,
  p {
    margin: 0;
    font: inherit;
  }
  a {
    color: inherit;
    text-underline-offset: 2px;
  }
  button {
    border: 0;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  :focus-visible {
    outline: 2px solid var(--company);
    outline-offset: 2px;
  }
  .round {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    padding: 0;
    border-radius: 22px;
    color: var(--muted);
    transition: background var(--quick);
  }
  .round:not(.send):hover {
    background: var(--ground-hover);
  }
  .avatar {
    position: relative;
    display: grid;
    place-items: center;
    flex: none;
    overflow: hidden;
    width: 28px;
    height: 28px;
    border-radius: 50%;
    background: var(--ground-hover);
    color: var(--text);
    font: 600 12px/1 var(--font);
  }
  .avatar img {
    position: absolute;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .hidden {
    position: absolute;
    overflow: hidden;
    width: 1px;
    height: 1px;
    clip-path: inset(50%);
    white-space: nowrap;
  }
`;
