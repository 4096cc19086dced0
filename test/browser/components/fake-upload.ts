/** An upload as the fake server sees it. */
export type FakeUpload = {
  readonly path: string;
  readonly headers: Record<string, string>;
  readonly file: File;
  isAborted: boolean;
  /** Tells how much has gone, 0 to 1. */
  readonly progress: (share: number) => void;
  /** Answers it; without a status the connection breaks. */
  readonly answer: (status?: number, body?: object) => void;
};

/** Puts a fake in the place of XMLHttpRequest, which alone tells how far an upload is; gives the uploads and the way back. */
export function fakeUploads(): { readonly uploads: FakeUpload[]; readonly restore: () => void } {
  const original = globalThis.XMLHttpRequest;
  const uploads: FakeUpload[] = [];
  class FakeRequest {
    readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
    readonly headers: Record<string, string> = {};
    onload = () => {};
    onerror = () => {};
    onabort = () => {};
    status = 0;
    responseText = '';
    private path = '';
    private made: FakeUpload | undefined;

    open(_method: string, path: string): void {
      this.path = path;
    }
    setRequestHeader(name: string, value: string): void {
      this.headers[name] = value;
    }
    abort(): void {
      if (this.made) this.made.isAborted = true;
      this.onabort();
    }
    send(file: File): void {
      this.made = {
        path: this.path,
        headers: this.headers,
        file,
        isAborted: false,
        progress: (share) => this.upload.onprogress?.({ loaded: share * 100, total: 100 }),
        answer: (status, body = {}) => {
          this.status = status ?? 0;
          this.responseText = JSON.stringify(body);
          if (status) this.onload();
          else this.onerror();
        },
      };
      uploads.push(this.made);
    }
  }
  globalThis.XMLHttpRequest = FakeRequest as unknown as typeof XMLHttpRequest;
  return { uploads, restore: () => (globalThis.XMLHttpRequest = original) };
}
