import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';

/** Settings of a panel as the server puts them into its page, with what a test changes. */
export const aPanel = (changes: Partial<PanelSettings> = {}): PanelSettings => ({
  company: {
    slug: 'acme',
    name: 'Acme Werke',
    logoUrl: null,
    color: '#0b5c6b',
    onColor: '#ffffff',
    darkColor: '#5cc3d4',
    onDarkColor: '#06242b',
    texts: {},
    imprintUrl: 'https://acme.example/imprint',
    privacyUrl: 'https://acme.example/privacy',
  },
  open: true,
  locale: 'en',
  channel: 'widget',
  ticket: 'ticket-with-enough-characters',
  media: { maxBytes: 1_000_000, types: ['image/png', 'text/plain'] },
  origins: ['https://acme.example'],
  service: { name: 'smoope', privacyUrl: 'https://chat.example/privacy' },
  ...changes,
});
