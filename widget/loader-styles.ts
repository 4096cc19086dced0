/** Colour and place of the button; both come from the host page itself. */
export type LauncherLook = {
  /** Company colour `#rrggbb`. */
  readonly color: string;
  /** Property that keeps the button to its side of the window. */
  readonly side: 'left' | 'right' | 'inset-inline-end';
};

/**
 * Style sheet of the launcher. The sign is white, or near-black on a colour on which white would be hard to see. `all: initial !important` in `:host` wins over anything the host page says of its elements,
 * because important declarations of the inner tree win (https://www.w3.org/TR/css-cascade-5/#cascade-context).
 */
export const launcherStyles = ({ color, side }: LauncherLook): string => `
  :host {
    all: initial !important;
    position: fixed !important;
    z-index: 2000000000 !important;
  }
  button, div {
    all: unset;
    position: fixed;
    ${side}: 20px;
    bottom: 20px;
    width: 56px;
    height: 56px;
    box-sizing: border-box;
    border: 1px solid #fff4;
    border-radius: 50%;
    background: ${color};
    color: #fff;
    color: oklch(from ${color} clamp(.2, (.65 - l) * 999, 1) 0 0);
    box-shadow: 0 6px 24px #0b172244;
    cursor: pointer;
    z-index: 1;
    transition: .2s ease-out;
  }
  button:hover {
    scale: 1.05;
  }
  button:focus-visible {
    outline: 2px solid #fff;
    box-shadow: 0 0 0 5px #10222e;
  }
  svg {
    position: absolute;
    inset: 15px;
    width: 24px;
    height: 24px;
    fill: none;
    stroke: currentColor;
    stroke-width: 1.75;
    stroke-linecap: round;
    stroke-linejoin: round;
  }
  path {
    transition: .2s;
  }
  [aria-expanded=true] path, path + path {
    opacity: 0;
  }
  [aria-expanded=true] path + path {
    opacity: 1;
  }
  b {
    position: absolute;
    top: -4px;
    right: -4px;
    min-width: 10px;
    padding: 0 6px;
    border: 2px solid;
    border-radius: 12px;
    background: #c4261d;
    color: #fff;
    font: 600 12px/18px system-ui, sans-serif;
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
    color-scheme: light dark;
    background: canvas;
    color: graytext;
    z-index: 0;
  }
  div[inert] {
    visibility: hidden;
    opacity: 0;
    translate: 0 8px;
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
  @media (max-width: 480px), (max-height: 480px) {
    div {
      inset: 0;
      width: 100%;
      height: 100%;
      border: 0;
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
  @media print {
    :host {
      display: none !important;
    }
  }`;
