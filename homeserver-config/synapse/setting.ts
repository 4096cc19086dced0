import { stringify } from 'yaml';

/** One setting of Synapse and why it has this value; the reason stands as a comment in the rendered file. */
export type Setting = {
  /** Key at the top level of homeserver.yaml. */
  readonly key: string;
  /** Value as YAML will hold it. */
  readonly value: unknown;
  /** Sentence for whoever reads the file. */
  readonly reason: string;
};

/** A setting in one line of source. */
export function setting(key: string, value: unknown, reason: string): Setting {
  return { key, value, reason };
}

/** YAML with the reason above each key; throws when a key is set twice, because Synapse would silently take the last. */
export function renderSettings(title: string, settings: readonly Setting[]): string {
  const keys = new Set<string>();
  const blocks = settings.map(({ key, value, reason }) => {
    if (keys.has(key)) throw new Error(`Synapse's setting ${key} is given twice`);
    keys.add(key);
    return `# ${reason}\n${stringify({ [key]: value }, { lineWidth: 0 })}`;
  });
  return `# ${title}\n\n${blocks.join('\n')}`;
}
