import fc from 'fast-check';

// The same stories for every mutant: what kills one today kills it tomorrow.
fc.configureGlobal({ ...fc.readConfigureGlobal(), seed: 1 });
