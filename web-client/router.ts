import type { TemplateResult } from 'lit';

/** Values of the named parts of an address. */
export type Params = Readonly<Record<string, string>>;

/** A view of the web client. */
export type View = {
  /** Address; `:name` stands for one part of it. */
  readonly path: string;
  /** Draws the view; what it needs is loaded with it. */
  readonly load: () => Promise<(params: Params) => TemplateResult>;
};

/** Values of an address under a path, or undefined where the path is another. */
export function matchPath(path: string, address: string): Params | undefined {
  const wanted = path.split('/');
  const given = address.replace(/(?<=.)\/$/, '').split('/');
  if (wanted.length !== given.length) return undefined;
  const params: Record<string, string> = {};
  for (const [index, part] of wanted.entries()) {
    const value = given[index] ?? '';
    if (!part.startsWith(':')) {
      if (part !== value) return undefined;
      continue;
    }
    if (value === '') return undefined;
    try {
      params[part.slice(1)] = decodeURIComponent(value);
    } catch {
      return undefined;
    }
  }
  return params;
}

/** The view of an address with its values, or undefined where none has it. */
export function findView(views: readonly View[], address: string): { readonly view: View; readonly params: Params } | undefined {
  for (const view of views) {
    const params = matchPath(view.path, address);
    if (params) return { view, params };
  }
  return undefined;
}

/** What the router works on. */
export type RouterParts = {
  readonly views: readonly View[];
  /** Shown for an address without a view. */
  readonly notFound: View['load'];
  /** Puts a view on the page and takes the reader there. */
  readonly show: (content: TemplateResult) => Promise<void> | void;
  readonly page: Window;
};

/** Follows the address: links to views are drawn without loading a page, all others are ordinary links. */
export function startRouter({ views, notFound, show, page }: RouterParts): { readonly draw: () => Promise<void> } {
  let latest = 0;

  async function draw(): Promise<void> {
    const found = findView(views, page.location.pathname);
    const turn = ++latest;
    const render = await (found?.view.load ?? notFound)();
    // Somebody who has gone on meanwhile does not want this view any more.
    if (turn === latest) await show(render(found?.params ?? {}));
  }

  page.document.addEventListener('click', (event) => {
    const link = event.composedPath().find((node) => node instanceof HTMLAnchorElement);
    const isPlain = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!link || !isPlain || event.defaultPrevented || link.target || link.origin !== page.location.origin) return;
    if (!findView(views, link.pathname)) return;
    event.preventDefault();
    page.history.pushState(null, '', link.href);
    void draw();
  });
  page.addEventListener('popstate', () => void draw());
  return { draw };
}
