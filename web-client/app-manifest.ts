import { pageTexts } from './locales/page-texts.ts';
import type { PageSettings } from './page.ts';

/** What an installed app needs of what pages know. */
export type AppManifestSettings = Pick<PageSettings, 'locale' | 'brand'>;

const icon = (file: string, size: number, purpose: 'any' | 'maskable') => ({
  src: `/app-icon/${file}.png`,
  sizes: `${size}x${size}`,
  type: 'image/png',
  purpose,
});

/** What a browser needs to install the web client as an app (https://www.w3.org/TR/appmanifest/). */
export function appManifest({ locale, brand }: AppManifestSettings) {
  const text = pageTexts(locale);
  return {
    id: '/conversations',
    name: brand.name,
    short_name: brand.name,
    description: text.startDescription,
    lang: text.language,
    dir: 'ltr',
    start_url: '/conversations',
    scope: '/',
    display: 'standalone',
    theme_color: '#ffffff',
    background_color: '#ffffff',
    categories: ['communication', 'business'],
    icons: [icon('192', 192, 'any'), icon('512', 512, 'any'), icon('512-full', 512, 'maskable')],
  } as const;
}
