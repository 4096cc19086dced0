import type { AgreementWording } from './agreement-wording.ts';

/** The processing agreement in English. */
export const english: AgreementWording = ({
  operator,
  address,
  email,
  dataProtectionOfficer,
  dataCentre,
  country,
  certificate,
  gateways,
  company,
  countryName,
}) => ({
  title: 'Agreement on the processing of personal data (GDPR article 28)',
  sections: [
    {
      title: 'Parties and subject',
      text: [
        `${company} (the controller) lets ${operator}, ${address} (the processor) carry its conversations with people: over its website, a form and the app.`,
        'The agreement lasts as long as the company uses the service. It goes before other agreements where these say something else about personal data.',
      ],
    },
    {
      title: 'Instructions',
      text: [
        'The processor processes personal data only as the controller instructs: by this agreement, by its settings in the service, and otherwise in writing. If a law of the Union or of a member state demands more, the processor says so beforehand, unless that law forbids it.',
        'The processor tells the controller at once if it believes that an instruction breaks the law.',
      ],
    },
    {
      title: 'Confidentiality and security',
      text: [
        'Whoever has access to the data at the processor is bound to confidentiality.',
        'The processor takes the measures of annex 2 and keeps them at the state of the art. It may replace a measure by one that protects at least as well.',
      ],
    },
    {
      title: 'Others who take part',
      text: [
        'The controller agrees to the processors of annex 3. The processor announces a new one at least 30 days before; the controller may object within that time for a reason that concerns data protection, and may end the use of the service.',
        'The processor binds each of them to the same duties and answers for them as for itself.',
      ],
    },
    {
      title: 'Help',
      text: [
        'The processor helps the controller to answer people who ask for access, correction, deletion, restriction or their data, and to meet articles 32 to 36 of the GDPR.',
        `It reports a breach of the protection of personal data without undue delay after it has become known, with what the controller needs for its own report. Contact: ${email}; data protection officer: ${dataProtectionOfficer}.`,
      ],
    },
    {
      title: 'End, proof and audits',
      text: [
        'At the end the processor deletes all personal data of the controller, or gives it back before that if the controller asks for it, unless a law demands that it be kept.',
        'The processor gives the controller what is needed to prove that article 28 is kept, and allows audits by the controller or somebody it names, announced in time and without disturbing others who use the service.',
      ],
    },
    {
      title: 'Annex 1: the processing',
      text: [
        'Purpose: conversations between the controller and people who write to it.',
        'People: visitors of the website, customers, and those who work for the controller.',
        'Data: messages and files with what people write in them, names and contact details that are given, answers to questions before a conversation, times and state of conversations, technical data of the connection, settings and a log of changes.',
        'Life: as the controller sets it in the service within the limits of the processor.',
      ],
    },
    {
      title: 'Annex 2: technical and organisational measures',
      text: [
        `Place: all data lies in ${countryName(country)}, data centre ${dataCentre}, ${certificate}.`,
        'Separation: each conversation is a room of its own; only members of the controller can enter it, and who is removed loses access.',
        'Access: roles for agents and admins, sessions that end, passwords and access tokens kept as hashes, contact details of accounts encrypted in the database.',
        'Integrity: every change by an admin or the operator stands in a log that cannot be altered for twelve months.',
        'Sparing data: logs hold ids, counts, codes and times, never messages, names, numbers or full addresses.',
        'Deletion: messages go by the lives that were set; single conversations can be deleted on request.',
      ],
    },
    {
      title: 'Annex 3: others who take part',
      text: [
        `${dataCentre}, ${countryName(country)}: running the servers.`,
        ...gateways.map(
          (gateway) =>
            `${gateway.operator}, ${countryName(gateway.country)}: sending short messages with codes and links; never messages of conversations.`,
        ),
      ],
    },
  ],
});
