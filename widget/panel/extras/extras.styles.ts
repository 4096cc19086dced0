import { css } from 'lit';

/** Styles that the message list takes on with the extras. */
export const extrasStyles = css`
  .quote {
    display: grid;
    width: 100%;
    margin-block-end: 4px;
    padding: 2px 10px;
    border-inline-start: 3px solid;
    font-size: 14px;
    line-height: 1.4;
    text-align: start;
    white-space: normal;
  }
  .quote > * {
    overflow: hidden;
    max-height: 2.8em;
  }
  .chips {
    display: flex;
    grid-row: 3;
    grid-column: 2 / -1;
    flex-wrap: wrap;
    gap: 4px;
    padding-block: 4px 2px;
  }
  .own .chips {
    justify-content: end;
  }
  .chip {
    min-height: 28px;
    padding: 0 8px;
    border: 1px solid var(--line);
    border-radius: 14px;
    background: var(--ground);
    font-size: 14px;
  }
  .chip[aria-pressed='true'] {
    border-color: var(--company);
    box-shadow: inset 0 0 0 1px var(--company);
  }
  .sought .bubble {
    outline: 2px solid var(--company);
    outline-offset: 2px;
  }
  smoope-media {
    display: block;
    min-height: 44px;
  }
`;

/** Styles that the panel takes on with the extras. */
export const targetStyles = css`
  .target {
    display: flex;
    align-items: center;
    width: 100%;
    max-width: 720px;
    margin-inline: auto;
    padding-inline: 24px 12px;
    font-size: 14px;
    line-height: 1.4;
  }
  .target p {
    flex: 1;
    min-width: 0;
    padding-inline-start: 12px;
    border-inline-start: 3px solid var(--company);
  }
  .target p > * {
    display: block;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .target span {
    color: var(--muted);
  }
`;
