/** Texts of the pages of links, English. */
export const english = {
  loading: 'One moment …',
  continueTitle: 'Continue in the app',
  continueLead: 'Take your conversation with {company} along into your account. You then read and answer it in the app, on any device.',
  continueLeadMany:
    'Take your {count} conversations with {company} along into your account. You then read and answer them in the app, on any device.',
  continueEffects: 'The chat on the website ends with it. {company} keeps the conversation as it is and sees the name of your account.',
  continueSignIn: 'Sign in and continue',
  continueAs: 'Continue as {name}',
  continueDone: 'Done. Your conversation with {company} goes on in the app.',
  continueOver: 'This link was used or is too old. Open the chat on the website and choose "Continue in the app" again; nothing is lost.',
  invitationTitle: 'Invitation from {company}',
  invitationPageTitle: 'Invitation',
  invitationLeadAgent: '{company} invites you to answer messages for the company.',
  invitationLeadAdmin: '{company} invites you to answer messages for the company and to run its account.',
  termsTitle: 'What applies',
  termsAccept: 'I have read this and agree.',
  termsMissing: 'Please tick that you agree.',
  invitationSignIn: 'Sign in and go on',
  invitationAccept: 'Accept as {name}',
  invitationUntil: 'The link works once, until {time}.',
  invitationDone: 'Welcome. You work for {company} now; its conversations are in the app.',
  invitationOver: 'This link was used, was taken back or is too old. Ask the company for a new one.',
  toApp: 'To the start page',
  faultBlocked: '{company} takes no more messages from you here.',
  faultNotOpen: '{company} is not open at the moment.',
  faultMember: 'This does not go with this account: it works for the company already, or was never used in the app.',
  faultLimit: 'That was a little often. Please wait a minute and try again.',
  faultOffline: 'There is no connection. Nothing was changed; please try again.',
  faultOther: 'That did not work. Nothing was changed; please try again.',
};

/** See `english`. */
export type JoiningTexts = typeof english;
