import { html } from '../html.ts';
import { countryName, type LegalText } from './legal-data.ts';

/** Privacy notice (GDPR article 13), German. */
export const germanPrivacy: LegalText = (data, brand) => ({
  title: 'Datenschutz',
  content: html`<p>
      Kurz gesagt: Was Sie schreiben, geht an das Unternehmen, dem Sie schreiben. Wir bewahren es dafür auf Servern in
      ${countryName(data.dataCountry, 'de')} auf. Niemand wertet es für Werbung aus.
    </p>
    <h2>Wer verantwortlich ist</h2>
    <p>
      Für ${brand} und diese Seiten: ${data.name}, Anschrift im <a href="/imprint">Impressum</a>. Für den Inhalt eines Gesprächs ist das
      Unternehmen verantwortlich, dem Sie schreiben; wir verarbeiten es in dessen Auftrag (Art. 28 DSGVO). Sein Datenschutzhinweis ist im
      Chat verlinkt.
    </p>
    <h2>Datenschutzbeauftragte Person</h2>
    <p>${data.dataProtectionOfficer.name}, <a href="mailto:${data.dataProtectionOfficer.email}">${data.dataProtectionOfficer.email}</a></p>
    <h2>Was wir verarbeiten</h2>
    <ul>
      <li>
        Ihre Nachrichten, mit Zeit und Zustand (gesendet, gelesen), damit Sie eine Antwort bekommen (Art. 6 Abs. 1 lit. b und f DSGVO). Sie
        werden nach ${data.retentionDays} Tagen gelöscht, wenn das Unternehmen keine andere Frist gesetzt hat.
      </li>
      <li>
        Dateien, die Sie senden. Aus Bildern im Chat entfernen wir, wo und womit sie aufgenommen wurden. Andere Dateien, und alles, was Sie
        mit einem anderen Matrix-Programm senden, kommen so an, wie Sie sie senden, mit allen Angaben, die darin stehen.
      </li>
      <li>
        Eine Sitzung für Ihren Browser, damit Sie das Gespräch wiederfinden. Sie endet ${data.sessionDays} Tage nach der letzten Nutzung.
      </li>
      <li>
        Was ein Unternehmen vor dem Gespräch erfragt, mit dem Zweck, der daneben steht; und eine Adresse für Hinweise auf Antworten, wenn
        Sie eine angeben (Art. 6 Abs. 1 lit. a DSGVO). Den Hinweis überbringt der Anbieter für Nachrichten oder Post, ohne ein Wort aus dem
        Gespräch; Sie können ihn jederzeit beenden.
      </li>
      <li>Technische Angaben zu jedem Abruf mit gekürzter IP-Adresse, für kurze Zeit, um Fehler und Missbrauch zu erkennen.</li>
    </ul>
    <h2>Was Ihr Browser speichert</h2>
    <p>
      Vor Ihrer ersten Nachricht nichts, auch keine Cookies. Danach auf unserer Seite den Schlüssel Ihrer Sitzung und noch nicht gesendete
      Nachrichten, auf der Website des Unternehmens ein Merkmal ohne Kennung, dass es ein Gespräch gibt. Wenn Ihr Browser das Speichern
      ablehnt, funktioniert der Chat, bis Sie die Seite schließen.
    </p>
    <p>
      Wenn Sie sich mit einem Konto anmelden, außerdem: den Schlüssel Ihrer Anmeldung; die Liste Ihrer Unterhaltungen mit den letzten 50
      Nachrichten und Ereignissen jeder, damit Sie sie sofort und auch ohne Verbindung lesen; was Sie geschrieben haben und was noch nicht
      gesendet ist; und während einer Anmeldung ein Merkmal, dass Sie sie begonnen haben, und den Link, mit dem Sie kamen. Das ist für die
      App, die Sie öffnen, unbedingt erforderlich (§ 25 Abs. 2 Nr. 2 TDDDG). Es wird gelöscht, wenn Sie sich abmelden, und beim nächsten
      Öffnen der Unterhaltungen, wenn Ihre Sitzung anderswo beendet, Ihr Konto gesperrt oder gelöscht wurde oder Sie 30 Tage nicht da waren.
    </p>
    <p>
      Solange Sie in der App angemeldet sind, behält Ihr Browser außerdem deren leere Seite und Skripte, damit sie sich auch ohne Verbindung
      öffnet; Nachrichten und Dateien sind nicht darin, und sie werden mit dem Ende Ihrer Sitzung gelöscht.
    </p>
    <h2>Wohin Daten gehen</h2>
    <p>
      An das Unternehmen, dem Sie schreiben, und an sonst niemanden. Die Server stehen in ${countryName(data.dataCountry, 'de')}
      (${data.dataCentre}). Keine Seite lädt etwas von Dritten.
    </p>
    ${
      data.networks.length > 0 &&
      html`<p>
        Nur wenn Sie sich selbst dafür entscheiden, sich mit einem anderen Netzwerk anzumelden, erfährt es davon:
        ${data.networks.map(({ label, operator, country }) => `${label} (${operator}, ${countryName(country, 'de')})`).join(', ')}. Vorher
        lesen Sie, was erfragt wird. Wir bewahren auf, mit welchem Netzwerk Sie sich anmelden, und Ihre Kennung dort, verschlüsselt, bis Sie
        es trennen; von dem, was es mitteilt, nur, was Sie selbst für Ihr Konto bestätigen.
      </p>`
    }
    <h2>Ihre Rechte</h2>
    <p>
      Auskunft, Berichtigung, Löschung, Einschränkung, Übertragung und Widerspruch (Art. 15 bis 21 DSGVO). Schreiben Sie uns im Chat, über
      das Formular oder an die datenschutzbeauftragte Person. Sie können sich auch bei einer Aufsichtsbehörde beschweren.
    </p>`,
});

/** Privacy notice, English. */
export const englishPrivacy: LegalText = (data, brand) => ({
  title: 'Privacy',
  content: html`<p>
      In short: what you write goes to the company you write to. We keep it for that on servers in ${countryName(data.dataCountry, 'en')}.
      Nobody evaluates it for advertising.
    </p>
    <h2>Who is responsible</h2>
    <p>
      For ${brand} and these pages: ${data.name}, address in the <a href="/imprint">imprint</a>. For the content of a conversation the
      company you write to is responsible; we process it on its behalf (GDPR article 28). Its privacy notice is linked in the chat.
    </p>
    <h2>Data protection officer</h2>
    <p>${data.dataProtectionOfficer.name}, <a href="mailto:${data.dataProtectionOfficer.email}">${data.dataProtectionOfficer.email}</a></p>
    <h2>What we process</h2>
    <ul>
      <li>
        Your messages, with time and state (sent, read), so that you get an answer (GDPR article 6(1)(b) and (f)). They are deleted after
        ${data.retentionDays} days unless the company has set another period.
      </li>
      <li>
        Files that you send. From pictures in the chat we take away where and with what they were taken. Other files, and everything that
        you send with another Matrix client, arrive as you send them, with all the details that are in them.
      </li>
      <li>A session for your browser, so that you find the conversation again. It ends ${data.sessionDays} days after its last use.</li>
      <li>
        What a company asks before a conversation, for the purpose beside it; and an address for notices of answers, if you give one (GDPR
        article 6(1)(a)). The provider for texts or mail carries the notice, without a word of the conversation; you can end it at any time.
      </li>
      <li>Technical data of each request with a truncated IP address, for a short time, to notice faults and abuse.</li>
    </ul>
    <h2>What your browser stores</h2>
    <p>
      Nothing before your first message, and no cookies. After it, on our page, the key of your session and messages that are not sent yet;
      on the company's website a mark without any identifier that there is a conversation. If your browser refuses storage, the chat works
      until you close the page.
    </p>
    <p>
      If you sign in with an account, also: the key of your sign-in; the list of your conversations with the last 50 messages and events of
      each, so that you read them at once and without a connection too; what you have written and is not sent yet; and during a sign-in a
      mark that you began it, and the link you came with. That is strictly necessary for the app that you open (section 25(2) no. 2 TDDDG).
      It is deleted when you sign out, and when you next open your conversations after your session was ended elsewhere, your account was
      restricted or deleted, or you have not been here for 30 days.
    </p>
    <p>
      While you are signed in to the app, your browser also keeps its empty page and its scripts, so that it opens without a connection;
      there are no messages and no files in them, and they go with the end of your session.
    </p>
    <h2>Where data goes</h2>
    <p>
      To the company you write to and to nobody else. The servers stand in ${countryName(data.dataCountry, 'en')} (${data.dataCentre}). No
      page loads anything from third parties.
    </p>
    ${
      data.networks.length > 0 &&
      html`<p>
        Only where you decide to sign in with another network, it learns of that:
        ${data.networks.map(({ label, operator, country }) => `${label} (${operator}, ${countryName(country, 'en')})`).join(', ')}. You read
        beforehand what is asked for. We keep with which network you sign in, and your id there, encrypted, until you disconnect it; of what
        it tells us, only what you confirm for your account yourself.
      </p>`
    }
    <h2>Your rights</h2>
    <p>
      Access, rectification, erasure, restriction, portability and objection (GDPR articles 15 to 21). Write to us in the chat, with the
      form, or to the data protection officer. You may also complain to a supervisory authority.
    </p>`,
});
