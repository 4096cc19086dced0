/** Style sheet of `<smoope-contact-form>`; colours are the custom properties of the page. */
export const contactFormStyles = `
  :host {
    display: block;
    color: var(--text);
    font: 16px/1.5 var(--font);
  }
  [hidden] {
    display: none !important;
  }
  form, section {
    display: grid;
    gap: 8px;
  }
  label, h3 {
    margin: 0;
    font-size: 16px;
    font-weight: 600;
  }
  p {
    margin: 0;
    color: var(--muted);
    font-size: 14px;
    line-height: 1.45;
  }
  textarea {
    box-sizing: border-box;
    width: 100%;
    min-height: 128px;
    padding: 12px 14px;
    border: 1px solid var(--edge);
    border-radius: 12px;
    background: var(--ground);
    color: inherit;
    font: inherit;
    resize: vertical;
  }
  textarea[aria-invalid] {
    border-color: var(--bad);
  }
  .bad {
    color: var(--bad);
  }
  .bad:empty {
    display: none;
  }
  div {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
    margin-block-start: 8px;
  }
  button {
    min-height: 44px;
    padding: 0 20px;
    border: 1px solid var(--edge);
    border-radius: 22px;
    background: none;
    color: inherit;
    font: 600 16px/1 var(--font);
    cursor: pointer;
  }
  .main {
    border-color: transparent;
    background: var(--company);
    color: var(--on-company);
  }
  [aria-busy=true] .main {
    opacity: .6;
    cursor: progress;
  }
  :focus-visible {
    outline: 2px solid var(--company);
    outline-offset: 2px;
  }
`;
