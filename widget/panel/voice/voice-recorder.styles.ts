import { css } from 'lit';

/** Styles of `<smoope-voice-recorder>`. */
export const voiceRecorderStyles = css`
  :host {
    display: block;
    padding: 8px 12px 12px;
    padding-block-end: max(12px, env(safe-area-inset-bottom));
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 8px;
    max-width: 720px;
    margin: auto;
    padding: 4px;
    border: 1px solid var(--edge);
    border-radius: 26px;
  }
  .dot {
    flex: none;
    width: 8px;
    height: 8px;
    border-radius: 50%;
    background: var(--bad);
  }
  .meter {
    flex: 1;
    min-width: 0;
    height: 24px;
    fill: var(--company);
  }
  .time {
    color: var(--muted);
    font-size: 14px;
    font-variant-numeric: tabular-nums;
    white-space: nowrap;
  }
  .problem {
    flex: 1;
    color: var(--bad);
    font-size: 14px;
  }
  .send {
    width: 40px;
    height: 40px;
    background: var(--company);
    color: var(--on-company);
  }
  .send[aria-disabled='true'] {
    background: var(--ground-hover);
    color: var(--muted);
  }
  @media (max-width: 340px) {
    .meter {
      display: none;
    }
    .time {
      flex: 1;
    }
  }
`;
