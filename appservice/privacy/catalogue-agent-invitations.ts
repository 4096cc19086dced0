import type { Rules, TableEntry } from './catalogue-entry.ts';

const invitationRules: Rules = {
  basis: 'GDPR 28: for the company, under the processing agreement',
  subjects: ['agent', 'admin'],
  life: { start: 'sent', period: '8 days; an accepted one as long as the membership is kept' },
  recipients: ['the company'],
  export: { how: 'included', as: 'invitations' },
  erasure: { how: 'deleted', with: 'the membership' },
};

/** Invitations of people to work for a company. */
export const agentInvitationTables: readonly TableEntry[] = [
  {
    table: 'agent_invitation',
    purpose: 'Lets somebody become a member of a company by a link, and proves which terms they accepted.',
    rules: invitationRules,
    columns: {
      id: 'Refers to the invitation.',
      company_id: 'Which company.',
      role: 'As what.',
      display_name: 'What visitors will read as name.',
      way: 'Text or mail.',
      sealed_address: {
        purpose: 'Where the link goes, encrypted.',
        life: { start: 'asked for', period: 'until the link was sent, seconds' },
        recipients: ['the operator of the gateway or mail server'],
      },
      address_hash: {
        purpose: 'Limits, and that a second invitation replaces the first; a keyed hash.',
        export: { how: 'left out', because: 'A hash under our key says nothing to the person.' },
      },
      hint: 'What the admin knows the address by.',
      locale: 'Language of the text.',
      invited_by: 'Who invited.',
      token_hash: {
        purpose: 'Recognises the link; the link cannot be made from it.',
        export: { how: 'left out', because: 'A hash of a random token says nothing to the person.' },
      },
      created_at: 'Since when.',
      expires_at: 'When the link ends.',
      sent_at: 'When it was sent.',
      revoked_at: 'When it was taken back.',
      accepted_at: 'When it was accepted.',
      member_id: 'Membership that began with it.',
      terms_version: 'Which terms were accepted.',
      terms_hash: 'Proves their text.',
    },
  },
];
