/**
 * Refuses storage to frames of other sites, as browsers do where somebody forbids it; runs in each frame before its scripts. The headless
 * Chromium of the tests has no such setting.
 */
export function refuseStorage(): void {
  if (window.top === window) return;
  const refusal = (): DOMException => new DOMException('Access is denied for this document.', 'SecurityError');
  const refuse = (target: object, name: string): void => {
    Object.defineProperty(target, name, {
      configurable: true,
      get: () => {
        throw refusal();
      },
    });
  };
  for (const name of ['localStorage', 'sessionStorage', 'caches']) refuse(window, name);
  Object.defineProperty(Document.prototype, 'cookie', { get: () => '' });
  IDBFactory.prototype.open = () => {
    throw refusal();
  };
  if ('locks' in navigator) LockManager.prototype.request = () => Promise.reject(refusal());
}
