import type { PanelSettings } from '../../appservice/visitors/panel-wire.ts';
import type { Text } from '../locales/messages.ts';

/** A link to a page outside the panel. */
export type OutsideLink = { readonly href: string; readonly label: string };

/** Where people read who answers for their data: the company's privacy notice and imprint, the service's privacy notice. */
export function legalLinks({ company, service }: PanelSettings, text: Text): readonly OutsideLink[] {
  const links = [
    { href: company.privacyUrl, label: text('companyPrivacy', { company: company.name }) },
    { href: service.privacyUrl, label: text('servicePrivacy', { service: service.name }) },
    { href: company.imprintUrl, label: text('imprint') },
  ];
  return links.flatMap(({ href, label }) => (href === null ? [] : [{ href, label }]));
}
