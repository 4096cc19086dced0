import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { StackAccess } from '../../stack/stack-access.ts';

/** A page of a company's website. */
export type HostPage = {
  readonly html: string;
  /** Content security policy; violations are reported to the site. */
  readonly csp?: string;
};

/** A company's website on an origin of its own. */
export type HostSite = {
  readonly origin: string;
  /** Puts a page under a path; answers its address. */
  add(path: string, page: HostPage): string;
  /** Violations of content security policies, as the browser reported them. */
  readonly reports: readonly string[];
  close(): Promise<void>;
};

/**
 * Starts a website on a free port of an address of this machine. That is another site than `localhost`, so storage of frames is
 * partitioned as on the web; two websites that are to be two sites need two addresses.
 */
export async function startHostSite(host: '127.0.0.1' | '127.0.0.2' = '127.0.0.1'): Promise<HostSite> {
  const pages = new Map<string, HostPage>();
  const reports: string[] = [];
  const server = createServer((request, response) => {
    if (request.method === 'POST' && request.url === '/reports') {
      let report = '';
      request.on('data', (chunk: Buffer) => (report += chunk.toString()));
      request.on('end', () => {
        reports.push(report);
        response.writeHead(204).end();
      });
      return;
    }
    const page = pages.get(new URL(request.url ?? '/', 'http://site').pathname);
    if (page === undefined) return void response.writeHead(404).end();
    const policy = page.csp === undefined ? {} : { 'content-security-policy': `${page.csp}; report-uri /reports` };
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...policy }).end(page.html);
  });
  server.listen(0, host);
  await once(server, 'listening');
  const origin = `http://${host}:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    reports,
    add(path, page) {
      pages.set(path, page);
      return `${origin}${path}`;
    },
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

/** Parts of a page that differ. */
export type WidgetPageParts = {
  readonly doctype?: string;
  /** Attributes of the root element. */
  readonly root?: string;
  /** Markup in the head, before the widget. */
  readonly head?: string;
};

/** A plain page with the widget of a company, included as the README says. */
export function widgetPage({ appUrl }: Pick<StackAccess, 'appUrl'>, company: string, parts: WidgetPageParts = {}): string {
  const { doctype = '<!doctype html>', root = 'lang="de"', head = '' } = parts;
  return `${doctype}
<html ${root}>
<head>
<meta charset="utf-8">
<title>Gartenbau Beispiel</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
${head}
<script src="${appUrl}/widget.js" data-company="${company}" async></script>
</head>
<body>
<main>
<h1>Gartenbau Beispiel</h1>
<p>Wir pflanzen <a href="#hecken">Hecken</a>, die bleiben.</p>
</main>
</body>
</html>`;
}
