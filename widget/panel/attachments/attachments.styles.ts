import { css } from 'lit';

/** Styles of `<smoope-attachments>`. */
export const attachmentsStyles = css`
  :host {
    display: block;
    max-height: 40vh;
    overflow: auto;
    scrollbar-width: thin;
  }
  ul {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    max-width: 720px;
    margin: 0 auto;
    padding: 4px 12px;
    list-style: none;
  }
  li {
    display: flex;
    align-items: center;
    gap: 8px;
    padding: 4px;
    border-radius: 12px;
    background: var(--ground-low);
  }
  img,
  .sign {
    display: grid;
    place-items: center;
    flex: none;
    width: 44px;
    height: 44px;
    border-radius: 8px;
    background: var(--ground-hover);
    color: var(--muted);
    object-fit: cover;
  }
  div {
    flex: 1;
    min-width: 0;
    line-height: 1.35;
  }
  bdi {
    display: block;
    overflow: hidden;
    font-size: 14px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  small {
    display: block;
    color: var(--muted);
    font-size: 12px;
    font-variant-numeric: tabular-nums;
  }
  .bad small {
    color: var(--bad);
  }
  progress {
    display: block;
    width: 100%;
    height: 4px;
    margin-block-start: 2px;
    accent-color: var(--company);
  }
  .again {
    min-height: 44px;
    padding: 0 8px;
    font-size: 14px;
    font-weight: 600;
    text-decoration: underline;
  }
`;
