/** Asking on a terminal, through clack. */
import { autocomplete, autocompleteMultiselect, confirm, intro, isCancel, note, outro, text } from '@clack/prompts';
import { Interrupted } from '../errors.ts';
import { visible, visibleLines } from '../text/visible.ts';
import type { Ask, Choice, PickQuestion } from './ask.ts';

const SHOWN = 7;
/** Marks the choice that is what was typed; no id can begin with it. */
const TYPED = '=';

export function terminalAsk(): Ask {
  return {
    async text({ message, initial, example, optional = false, check }) {
      const answer = await text({
        message: visible(message),
        // Shown faintly and taken by Enter; whoever types something else need not delete it first.
        ...(initial === undefined ? {} : { placeholder: initial, defaultValue: initial }),
        ...(example === undefined ? {} : { placeholder: example }),
        validate: (given) => {
          const trimmed = given?.trim() || (initial ?? '');
          if (trimmed === '') return optional ? undefined : 'Write an answer, or press Ctrl-C to stop.';
          const wrong = check?.(trimmed);
          return wrong === undefined ? undefined : visible(wrong);
        },
      });
      return answered(answer).trim();
    },
    async pick(question) {
      const picked = answered(
        await autocomplete<string>({
          message: visible(question.message),
          maxItems: SHOWN,
          completeOnTab: true,
          options() {
            return optionsFor(question, this.userInput ?? '');
          },
          validate: (given) => {
            if (given !== undefined) return undefined;
            return `${question.orNew ? 'Type a name' : 'Clear what was typed, and choose one'}, or press Ctrl-C to stop.`;
          },
          ...(question.initial === undefined ? {} : { initialValue: question.initial }),
        }),
      );
      return picked.startsWith(TYPED) ? { typed: picked.slice(TYPED.length) } : { known: picked };
    },
    async several({ message, choices, atLeast }) {
      return answered(
        await autocompleteMultiselect<string>({
          message: visible(message),
          maxItems: SHOWN,
          options: choices.map(optionOf),
          required: atLeast > 0,
        }),
      );
    },
    async confirm(message, initial) {
      return answered(await confirm({ message: visible(message), initialValue: initial }));
    },
    begin: (title) => intro(visible(title)),
    tell: (words, title) => note(visibleLines(words), title === undefined ? undefined : visible(title)),
    end: (words) => outro(visible(words)),
  };
}

/** The choices, and where something was typed that is none of them, that. */
function optionsFor({ choices, orNew }: PickQuestion, input: string) {
  // Tab puts the value of a choice into the line, this mark included.
  const typed = input.trim().replace(/^=+/, '');
  const known = choices.some(({ value, label }) => value === typed || label === typed);
  const options = choices.map(optionOf);
  return orNew === undefined || typed === '' || known
    ? options
    : [...options, { value: `${TYPED}${typed}`, label: visible(orNew(typed)) }];
}

const optionOf = ({ value, label, hint }: Choice) => ({
  value,
  label: visible(label),
  ...(hint === undefined ? {} : { hint: visible(hint) }),
});

function answered<T>(answer: T): Exclude<T, symbol> {
  if (isCancel(answer)) throw new Interrupted('stopped');
  return answer as Exclude<T, symbol>;
}
