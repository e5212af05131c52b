// Entry of the studio window: bridge, query cache, translations, then React. Runs in the renderer only.
import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { connectBridge } from './bridge/connect-bridge.ts';
import { createStudioClient } from './bridge/studio-client.ts';
import { startTranslations } from './translations/start-translations.ts';

const root = document.getElementById('studio');
if (root === null) throw new Error('index.html has no #studio');
const client = createStudioClient(connectBridge());
await startTranslations(navigator.languages);
createRoot(root).render(<App client={client} />);
