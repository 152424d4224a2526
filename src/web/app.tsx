import type { NegotiationSummary } from '../tracker/index.ts';
import { negotiationsPath } from './answers/paths.ts';
import { useAccess } from './answers/use-access.ts';
import { type Answer, useAnswer } from './answers/use-answer.ts';
import { Negotiation } from './negotiation.tsx';
import { Trouble } from './parts/trouble.tsx';
import { TokenForm } from './token-form.tsx';
import { AddressContext, CurrentAddressContext, NavigateContext, useAddressBar } from './use-address.ts';

/** The page: an address, the answers to it, and the view of them. */
export function App() {
  const { address, navigate, moving, now } = useAddressBar();
  const negotiations = useAnswer<readonly NegotiationSummary[]>(negotiationsPath({ minPosition: null }));
  const locked = useAccess().wanted !== 'none';
  const negotiation = address.negotiation ?? negotiations.value?.[0]?.negotiation;
  return (
    <NavigateContext value={navigate}>
      <CurrentAddressContext value={now}>
        <AddressContext value={address}>
          {locked && negotiations.value === undefined ? (
            <Locked />
          ) : negotiation === undefined ? (
            <Waiting answer={negotiations} />
          ) : (
            <>
              {/* What is on screen stays there, and what is typed. */}
              {locked && <TokenForm />}
              <Negotiation
                key={negotiation}
                negotiation={negotiation}
                negotiations={negotiations.value ?? []}
                address={address}
                navigate={navigate}
                moving={moving}
              />
            </>
          )}
        </AddressContext>
      </CurrentAddressContext>
    </NavigateContext>
  );
}

/** Nothing was ever shown: first a token is needed. */
const Locked = () => (
  <main className="locked">
    <h1>Demarche</h1>
    <TokenForm />
  </main>
);

function Waiting({ answer }: { readonly answer: Answer<readonly NegotiationSummary[]> }) {
  if (answer.error) return <Trouble error={answer.error} />;
  if (answer.value) return <p className="nothing">Nothing is on record yet.</p>;
  return (
    <p className="nothing" role="status">
      Reading the record…
    </p>
  );
}
