/** What a person knows one of their browsers by in a list: families only, because more would be a fingerprint. */
export type BrowserFamily = { readonly browser: string; readonly system: string };

// The order counts: Edge calls itself Chrome as well, Chrome calls itself Safari, Android calls itself Linux.
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/\bEdg(e|A|iOS)?\//, 'Edge'],
  [/\bOPR\//, 'Opera'],
  [/\bSamsungBrowser\//, 'Samsung Internet'],
  [/\b(Firefox|FxiOS)\//, 'Firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'Chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'Safari'],
];
const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/\b(iPhone|iPad|iPod)\b/, 'iOS'],
  [/\bAndroid\b/, 'Android'],
  [/\bWindows\b/, 'Windows'],
  [/\bMac OS X\b/, 'macOS'],
  [/\bCrOS\b/, 'ChromeOS'],
  [/\bLinux\b/, 'Linux'],
];

const OTHER = 'other';

/** Reads the families from a `User-Agent` header; `other` where it is none that we know. */
export function browserFamily(userAgent: string): BrowserFamily {
  const known = (list: typeof BROWSERS): string => list.find(([pattern]) => pattern.test(userAgent))?.[1] ?? OTHER;
  return { browser: known(BROWSERS), system: known(SYSTEMS) };
}
