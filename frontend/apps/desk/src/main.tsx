import '@fontsource-variable/inter/wght.css';
import '@mantine/core/styles.css';
import '@calldocker/ui/tokens.css';
import '@calldocker/ui/parts.css';
import './desk.css';
import { directionOf, preferredLanguage } from '@calldocker/i18n';
import { guardClicks } from '@calldocker/ui';
import { DirectionProvider, MantineProvider } from '@mantine/core';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { startI18n } from './i18n.ts';
import { theme } from './theme.ts';

const root = document.getElementById('desk');
if (!root) throw new Error('agent.html has no #desk');
guardClicks(document);
await startI18n();
createRoot(root).render(
  <DirectionProvider initialDirection={directionOf(preferredLanguage())} detectDirection={false}>
    <MantineProvider theme={theme} defaultColorScheme="auto">
      <App />
    </MantineProvider>
  </DirectionProvider>,
);
