/** Colours and place of the button; both come from attributes of the script tag and are checked before they reach a style sheet. */
export type LauncherLook = {
  /** Company colour `#rrggbb`. */
  readonly color: string;
  /** Colour of the sign on it. */
  readonly onColor: string;
  /** Side of the window. */
  readonly side: 'left' | 'right';
};

/**
 * Style sheet of the launcher. `all: initial !important` in `:host` wins over anything the host page says of its elements,
 * because important declarations of the inner tree win (https://www.w3.org/TR/css-cascade-5/#cascade-context).
 */
export const launcherStyles = ({ color, onColor, side }: LauncherLook): string => `
  :host {
    all: initial !important;
    position: fixed !important;
    z-index: 2147483000 !important;
  }
  button, div {
    all: unset;
    position: fixed;
    ${side}: 20px;
    bottom: 20px;
    width: 56px;
    height: 56px;
    border-radius: 50%;
    background: ${color};
    color: ${onColor};
    box-shadow: 0 0 0 1px #fff4, 0 6px 24px #0b172244;
    cursor: pointer;
    z-index: 1;
    transition: .2s ease-out;
  }
  button:hover {
    transform: scale(1.05);
  }
  button:focus-visible {
    outline: 2px solid #fff;
    box-shadow: 0 0 0 5px #10222e;
  }
  svg {
    position: absolute;
    inset: 15px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
    transition: .2s ease-out;
  }
  [aria-expanded=true] svg, svg + svg {
    opacity: 0;
    transform: rotate(-45deg);
  }
  [aria-expanded=true] svg + svg {
    opacity: 1;
    transform: none;
  }
  b {
    position: absolute;
    top: -4px;
    right: -4px;
    min-width: 10px;
    padding: 0 6px;
    border: 2px solid #fff;
    border-radius: 12px;
    background: #c4261d;
    color: #fff;
    font: 600 12px/18px system-ui, sans-serif;
    text-align: center;
  }
  b:empty {
    display: none;
  }
  div {
    bottom: 88px;
    width: min(392px, 100vw - 40px);
    height: min(656px, 100vh - 108px);
    border-radius: 16px;
    overflow: hidden;
    background: #fff;
    color: #4d5a66;
    z-index: 0;
  }
  div[inert] {
    visibility: hidden;
    opacity: 0;
    transform: translateY(8px);
  }
  p {
    margin: 48px 32px;
    font: 16px/1.5 system-ui, sans-serif;
    text-align: center;
  }
  iframe {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    border: 0;
    opacity: 0;
  }
  .on iframe {
    opacity: 1;
  }
  @media (prefers-color-scheme: dark) {
    div {
      background: #151a20;
      color: #a7b3be;
    }
  }
  @media (max-width: 480px), (max-height: 480px) {
    div {
      inset: 0;
      width: 100%;
      height: 100%;
      border-radius: 0;
    }
    .on[aria-expanded=true] {
      visibility: hidden;
    }
  }
  @media (prefers-reduced-motion) {
    * {
      transition: none !important;
    }
  }
  @media (forced-colors: active) {
    button {
      border: 1px solid;
    }
  }
  @media print {
    :host {
      display: none !important;
    }
  }`;
