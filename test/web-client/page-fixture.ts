import type { LegalData } from '../../web-client/legal/legal-data.ts';
import type { PageSettings } from '../../web-client/page.ts';

/** What all pages of the service know, with what a test changes. */
export const somePageSettings = (changes: Partial<PageSettings> = {}): PageSettings => ({
  locale: 'de',
  brand: { name: 'smoope', color: '#0b5c6b', onColor: '#ffffff', darkColor: '#5cc3d4', onDarkColor: '#06242b' },
  operator: { slug: 'operator', name: 'Betreiber GmbH' },
  widgetUrl: '/widget.js',
  homeserverUrl: 'https://matrix.example',
  fileTypes: ['image/png'],
  scripts: ['/assets/main-1.js'],
  styles: ['/assets/page-1.css'],
  ...changes,
});

/** Legal data of an operator. */
export const legalData: LegalData = {
  name: 'Betreiber GmbH',
  address: 'Musterweg 1\n20095 Hamburg',
  representedBy: 'Erika Muster',
  register: 'HRB 1, Amtsgericht Hamburg',
  email: 'kontakt@betreiber.example',
  phone: '+49 40 123456',
  dataProtectionOfficer: { name: 'Kai Beispiel', email: 'dsb@betreiber.example' },
  dataCountry: 'DE',
  dataCentre: 'Rechenzentrum Falkenstein',
  networks: [{ label: 'Facebook', operator: 'Facebook of the tests', country: 'IE' }],
  retentionDays: 365,
  sessionDays: 90,
};
