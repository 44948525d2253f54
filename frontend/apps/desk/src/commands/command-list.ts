/** Something that can be done now, by its key, or by its name in the palette. */
export interface Command {
  readonly id: string;
  readonly label: string;
  /** As by `keyName`; the first is shown. */
  readonly keys: readonly string[];
  readonly run: () => void;
}

/** The commands of one part of the screen. */
export interface CommandSet {
  readonly commands: () => readonly Command[];
  /** While it is there nothing else can be done. */
  readonly modal: boolean;
}

/** What can be done now: each part of the screen adds its commands for as long as it is there. */
export class CommandList {
  private sets: readonly CommandSet[] = [];

  /** @returns the function that removes the set */
  add(set: CommandSet): () => void {
    this.sets = [...this.sets, set];
    return () => {
      this.sets = this.sets.filter((other) => other !== set);
    };
  }

  get modal(): boolean {
    return this.sets.some(({ modal }) => modal);
  }

  /** The newest part's first: it has a key before others that want it. */
  get available(): readonly Command[] {
    const { modal } = this;
    return this.sets
      .filter((set) => set.modal === modal)
      .reverse()
      .flatMap((set) => set.commands());
  }

  find(key: string): Command | undefined {
    return this.available.find(({ keys }) => keys.includes(key));
  }
}

/** Those whose name has every word of the query, in their order. */
export function matching(commands: readonly Command[], query: string, language: string): readonly Command[] {
  const words = query.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
  return commands.filter(({ label }) => {
    const name = label.toLocaleLowerCase(language);
    return words.every((word) => name.includes(word));
  });
}
