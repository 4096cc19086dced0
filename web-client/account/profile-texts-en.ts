/** English texts about the profile; the measure that every language is held to. */
export const english = {
  link: 'Profile',
  linkHint: 'Name, picture and language',
  title: 'Profile',
  lead: 'Companies that you write to see you as {name}. What you change here, they see in every conversation.',
  pictureTitle: 'Picture',
  pictureWhy: 'Voluntary. It helps people at companies to know you again. We cut it to a square and take out place, device and time.',
  pictureChoose: 'Choose a picture',
  pictureOther: 'Replace picture',
  pictureRemove: 'Remove picture',
  pictureOwn: 'Your picture',
  pictureSaved: 'Your picture is saved. Companies see it within moments.',
  pictureRemoved: 'Your picture is deleted.',
  pictureType: 'Please choose a JPEG, PNG or WebP picture.',
  pictureLarge: 'This picture is too large. At most 10 MB are possible.',
  detailsTitle: 'Name and language',
  firstName: 'First name',
  firstNameHint: 'Companies see it where you have no other name.',
  lastName: 'Last name',
  lastNameHint: 'Only you see it, until you release it to a company.',
  alias: 'Name for companies',
  aliasHint: 'Voluntary. All companies then see it in place of your first name.',
  language: 'Language',
  languageHint: 'For these pages and for our texts and mails to you.',
  save: 'Save',
  saved: 'Your details are saved.',
  faultName: 'Please enter a name in one line, with at most 80 characters.',
  toAccount: 'To your account',
  howLong:
    'All of it stays as long as your account. If you do not use your account for a long time, we tell you 30 days before we close it.',
};

/** Texts about the profile in one language. */
export type ProfileTexts = Readonly<typeof english>;
