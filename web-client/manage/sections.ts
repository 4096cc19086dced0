import type { ManageTexts } from './manage-texts-en.ts';

/** A part of the administration: its address, its name, and the module that defines `<smoope-manage-KEY>`. */
export type Section = { readonly key: string; readonly label: keyof ManageTexts; readonly load: () => Promise<unknown> };

/** Parts in the order of the navigation; one line each. */
export const SECTIONS: readonly Section[] = [
  { key: 'members', label: 'navMembers', load: () => import('./members-section.ts') },
  { key: 'departments', label: 'navDepartments', load: () => import('./departments-section.ts') },
  { key: 'hours', label: 'navHours', load: () => import('./hours-section.ts') },
  { key: 'texts', label: 'navTexts', load: () => import('./texts-section.ts') },
  { key: 'routing', label: 'navRouting', load: () => import('./routing-section.ts') },
  { key: 'replies', label: 'navReplies', load: () => import('./replies-section.ts') },
  { key: 'widget', label: 'navWidget', load: () => import('./widget-section.ts') },
  { key: 'fields', label: 'navFields', load: () => import('./fields-section.ts') },
  { key: 'appearance', label: 'navAppearance', load: () => import('./appearance-section.ts') },
  { key: 'identity', label: 'navIdentity', load: () => import('./identity-section.ts') },
  { key: 'legal', label: 'navLegal', load: () => import('./legal-section.ts') },
  { key: 'retention', label: 'navRetention', load: () => import('./retention-section.ts') },
  { key: 'blocks', label: 'navBlocks', load: () => import('./blocks-section.ts') },
  { key: 'satisfaction', label: 'navSatisfaction', load: () => import('./satisfaction-section.ts') },
  { key: 'audit', label: 'navAudit', load: () => import('./audit-section.ts') },
];
