import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { LastResort } from './parts/last-resort.tsx';
import './styles/page.css';

const root = document.getElementById('page');
if (!root) throw new Error('the page has no place to go');
createRoot(root).render(
  <StrictMode>
    <LastResort>
      <App />
    </LastResort>
  </StrictMode>,
);
