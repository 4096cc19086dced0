import { css } from 'lit';

/** Styles of `<smoope-media>`. */
export const mediaStyles = css`
  :host {
    display: block;
    white-space: normal;
  }
  .picture {
    display: block;
    width: var(--width, 200px);
    max-width: 100%;
    aspect-ratio: var(--shape, 4 / 3);
    padding: 0;
    overflow: hidden;
    border-radius: 14px;
    background: var(--ground-hover);
  }
  .picture img {
    display: block;
    width: 100%;
    height: 100%;
    object-fit: cover;
  }
  .row {
    display: flex;
    align-items: center;
    gap: 4px;
    max-width: 280px;
    padding: 4px;
  }
  .row p {
    flex: 1;
    min-width: 0;
    padding-inline: 4px;
    line-height: 1.35;
  }
  bdi,
  small {
    display: block;
  }
  .row bdi {
    display: -webkit-box;
    overflow: hidden;
    overflow-wrap: anywhere;
    -webkit-box-orient: vertical;
    -webkit-line-clamp: 2;
  }
  small {
    font-size: 12px;
  }
  .row .round {
    color: inherit;
  }
  .row button:hover {
    background: color-mix(in srgb, currentColor 14%, transparent);
  }
  .sign {
    width: 40px;
    height: 40px;
    background: color-mix(in srgb, currentColor 12%, transparent);
  }
  audio {
    display: block;
    width: 248px;
    max-width: 100%;
    height: 48px;
  }
  video {
    display: block;
    width: 280px;
    max-width: 100%;
    max-height: 320px;
    border-radius: 14px;
    background: #000;
  }
  .problem,
  .caption {
    padding: 4px 10px;
    font-size: 14px;
  }
  .problem button {
    min-height: 24px;
    padding: 0;
    font-weight: 600;
    text-decoration: underline;
  }
  .out svg {
    width: 0.9em;
    height: 0.9em;
  }
  dialog {
    width: 100vw;
    max-width: none;
    height: 100dvh;
    max-height: none;
    padding: 0;
    border: 0;
    background: #10161d;
    color: #e8edf1;
  }
  dialog[open] {
    display: grid;
    grid-template-rows: auto minmax(0, 1fr);
  }
  dialog img {
    max-width: 100%;
    max-height: 100%;
    margin: auto;
    object-fit: contain;
  }
  .bar {
    display: flex;
    align-items: center;
    padding: 8px 8px 8px 16px;
    font-size: 14px;
  }
  .bar bdi {
    flex: 1;
    overflow: hidden;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  .bar .round {
    color: inherit;
  }
  .bar .round:hover {
    background: #ffffff22;
  }
`;
