// The library of a worker cannot be loaded beside that of a page; these are the parts of it that we use.

/** An event during which the browser keeps the worker alive. */
export type WorkerEvent = Event & { waitUntil(work: Promise<unknown>): void };

/** A page, as its worker sees it. */
export type WorkerClient = { postMessage(message: unknown, transfer: readonly MessagePort[]): void };

/** A request of a page. */
export type WorkerFetch = WorkerEvent & {
  readonly request: Request;
  readonly clientId: string;
  respondWith(answer: Promise<Response>): void;
};

/** The global object of a service worker (https://www.w3.org/TR/service-workers/#serviceworkerglobalscope-interface). */
export type WorkerScope = {
  readonly location: Location;
  readonly clients: { get(id: string): Promise<WorkerClient | undefined>; claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(name: 'install' | 'activate', hear: (event: WorkerEvent) => void): void;
  addEventListener(name: 'fetch', hear: (event: WorkerFetch) => void): void;
};
