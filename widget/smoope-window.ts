/** Commands to the widget on a page, `Smoope('open')`; a stub may collect them in `q` before the script has loaded. */
export type Smoope = ((command: string) => void) & {
  /** Commands given before load, as lists of arguments. */
  q?: Iterable<ArrayLike<string>>;
  /** Set by the loader: a second inclusion of the script does nothing. */
  loaded?: true;
};

declare global {
  interface Window {
    /** The widget; absent before its script has run. */
    Smoope?: Smoope;
  }
}
