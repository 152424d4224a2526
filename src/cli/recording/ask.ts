/** How a person is asked. The questions know this only; `prompts.ts` asks on a terminal, tests answer by themselves. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export interface TextQuestion {
  readonly message: string;
  /** the answer where nothing is typed */
  readonly initial?: string;
  /** what an answer could look like */
  readonly example?: string;
  readonly optional?: boolean;
  /** what is wrong with an answer; undefined: nothing */
  readonly check?: (answer: string) => string | undefined;
}

export interface PickQuestion {
  readonly message: string;
  readonly choices: readonly Choice[];
  readonly initial?: string;
  /** what may be typed instead of a choice, and how that is offered: `declare "${typed}"` */
  readonly orNew?: (typed: string) => string;
}

export type Picked = { readonly known: string } | { readonly typed: string };

/** Each question rejects with `Interrupted` when the person ends it. */
export interface Ask {
  text(question: TextQuestion): Promise<string>;
  /** completes what is typed */
  pick(question: PickQuestion): Promise<Picked>;
  several(question: Omit<PickQuestion, 'initial' | 'orNew'> & { readonly atLeast: number }): Promise<readonly string[]>;
  confirm(message: string, initial: boolean): Promise<boolean>;
  begin(title: string): void;
  /** something to know before the next question */
  tell(text: string, title?: string): void;
  end(text: string): void;
}
