import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { appIcon } from '../web-client/app-icon.ts';
import { appManifest } from '../web-client/app-manifest.ts';
import { renderConversationPage } from '../web-client/contact-form/conversation-page.ts';
import { renderDeletionPage } from '../web-client/deletion-page.ts';
import { renderFormPage } from '../web-client/contact-form/form-page.ts';
import { renderLinkPage, renderSentPage } from '../web-client/contact-form/sent-page.ts';
import { renderDemoPage } from '../web-client/demo-site/demo-page.ts';
import { renderCompanyPrivacyPage, renderLegalPage } from '../web-client/legal-page.ts';
import type { PageSettings } from '../web-client/page.ts';
import { renderMessagePage } from '../web-client/message-page.ts';
import { privacyNotice } from '../web-client/account/privacy-notice.ts';
import { renderAccountPage, renderAppPage, renderShellPage } from '../web-client/shell-page.ts';
import { renderStartPage } from '../web-client/start-page.ts';
import { renderPanelPage } from '../widget/panel/panel-page.ts';
import { companyColors } from './companies/company-colors.ts';
import type { NetworkPages } from './app-networks.ts';
import type { Config } from './config.ts';
import { preChatOf } from './contact-fields/contact-fields.ts';
import type { ContactTemplates } from './contact-form/contact-form-routes.ts';
import type { HttpContext, HttpMiddleware } from './http/context.ts';
import type { FaultPage } from './http/error-answer.ts';
import { createNetworks } from './networks/create-networks.ts';
import { localeOf } from './http/page-locale.ts';
import type { HeaderSettings } from './http/security-headers.ts';
import { staticFiles } from './http/static-files.ts';
import type { AppInstallParts } from './pages/app-install-routes.ts';
import type { PageTemplates } from './pages/page-routes.ts';
import type { PanelSettings } from './visitors/panel-wire.ts';

const DIST = fileURLToPath(new URL('../dist', import.meta.url));
const WIDGET = join(DIST, 'widget');
const WEB_CLIENT = join(DIST, 'web-client');

/** Slug of the company that `npm start` makes to show the service, and the host name of its website. */
export const DEMO = { slug: 'demo', hostname: '127.0.0.1' } as const;

/** What websites include, under names that stay. */
const HOST_SCRIPTS = {
  'widget.js': 'widget.js',
  'smoope-chat.js': 'smoope-chat.js',
  'smoope-contact.js': 'smoope-contact.js',
  'smoope.d.ts': 'smoope.d.ts',
};

/** The service worker of the web client: its name stays, and it stands at the root because it serves what is below it. */
const WORKER = { 'service-worker.js': 'service-worker.js' };

/** Addresses of built files by their logical names; `npm run build` writes the manifest. */
function readAddresses(directory: string): { has: (name: string) => boolean; of: (name: string) => string } {
  const manifest = JSON.parse(readFileSync(join(directory, 'manifest.json'), 'utf8')) as Record<string, string>;
  const of = (name: string): string => {
    const file = manifest[name];
    if (file === undefined) throw new Error(`${name} is missing in ${directory}: npm run build makes it.`);
    return `/assets/${file}`;
  };
  return { has: (name) => name in manifest, of };
}

/** Pages and files that browsers load. */
export function wirePages(config: Config, headers: HeaderSettings) {
  const widget = readAddresses(WIDGET);
  const webClient = readAddresses(WEB_CLIENT);
  const { brand, operator, dataLocation, homeserver, conversations, publicOrigin, profile } = config;
  const widgetUrl = `${publicOrigin}/widget.js`;
  const { email, phone, address, representedBy, register, dataProtectionOfficer } = operator;

  const settings = (locale: string): PageSettings => ({
    locale,
    brand: { name: brand.name, ...companyColors(brand.color) },
    operator: { slug: operator.slug, name: operator.name },
    widgetUrl,
    homeserverUrl: homeserver.publicUrl,
    fileTypes: config.media.types,
    scripts: [webClient.of('main.js'), widget.of('contact-form.js')],
    styles: [webClient.of('page.css')],
  });
  const networks = createNetworks(config.networks).map(({ label, operator: runBy, country }) => ({ label, operator: runBy, country }));
  const legalData = {
    name: operator.name,
    address,
    representedBy,
    register,
    email,
    phone,
    dataProtectionOfficer,
    dataCountry: dataLocation.country,
    dataCentre: dataLocation.dataCentre,
    networks,
    retentionDays: homeserver.retention.defaultDays,
    sessionDays: conversations.sessionDays,
  };

  const templates: PageTemplates = {
    start: (locale) => renderStartPage({ ...settings(locale), dataCountry: dataLocation.country }),
    legal: (page, locale) => renderLegalPage(page, settings(locale), legalData),
    companyPrivacy: (company, locale) =>
      renderCompanyPrivacyPage(settings(locale), legalData, {
        name: company.name,
        ...company.settings,
        retentionDays: company.settings.retentionDays ?? legalData.retentionDays,
        fields: preChatOf(company, locale),
      }),
    shell: (locale) => renderShellPage(settings(locale)),
    demo:
      profile === 'embedded'
        ? ({ slug, name, settings: { color } }) =>
            renderDemoPage({ widgetUrl, companySlug: slug, companyName: name, color, styles: [webClient.of('demo-site.css')] })
        : undefined,
  };

  const panel = (panelSettings: PanelSettings): string => {
    const language = `locales/${panelSettings.locale.slice(0, 2)}.js`;
    return renderPanelPage({
      settings: panelSettings,
      script: widget.of('panel.js'),
      styles: [widget.of('panel.css')],
      preload: [widget.of(widget.has(language) ? language : 'locales/en.js')],
    });
  };

  const files: HttpMiddleware[] = [
    staticFiles({ prefix: '/', directory: WIDGET, headers: 'host-script', immutable: false, only: HOST_SCRIPTS }, headers),
    staticFiles({ prefix: '/', directory: WEB_CLIENT, headers: 'worker', immutable: false, only: WORKER }, headers),
    staticFiles({ prefix: '/assets/', directory: WIDGET, headers: 'asset', immutable: true }, headers),
    staticFiles({ prefix: '/assets/', directory: WEB_CLIENT, headers: 'asset', immutable: true }, headers),
  ];
  const signIn = {
    signIn: (context: HttpContext) => renderAccountPage(settings(localeOf(context))),
    ended: (context: HttpContext) => renderMessagePage('signInEnded', settings(localeOf(context))),
    notice: (locale: string) =>
      privacyNotice(locale, {
        brand: brand.name,
        operator: operator.name,
        dataCountry: dataLocation.country,
        networks: networks.map(({ label }) => label),
      }),
  };
  const networkPages: NetworkPages = {
    shell: signIn.signIn,
    deletion: (context, deletion) => renderDeletionPage(settings(localeOf(context)), deletion),
  };
  const fault = (context: HttpContext, { fault: name, requestId }: FaultPage): string =>
    renderMessagePage(name, settings(localeOf(context)), requestId);
  const contactAssets = { style: webClient.of('contact.css'), script: webClient.of('contact-proof.js') };
  const contact: ContactTemplates = {
    form: (page, form) => renderFormPage(page, form, contactAssets),
    sent: (page, sent) => renderSentPage(page, sent, contactAssets),
    conversation: (page, conversation) => renderConversationPage(page, conversation, contactAssets),
    link: (page, state) => renderLinkPage(page, state, contactAssets),
  };
  const colors = companyColors(brand.color);
  const install: AppInstallParts = {
    manifest: (locale) => appManifest(settings(locale)),
    icon: (shape) => appIcon(colors, shape),
  };
  const app = (context: HttpContext): string => renderAppPage(settings(localeOf(context)));
  return { templates, app, install, panel, contact, signIn, networks: networkPages, fault, files };
}

/** See `wirePages`. */
export type Pages = ReturnType<typeof wirePages>;
