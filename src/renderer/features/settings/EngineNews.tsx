// Says that the picture engine stopped under its work and was started again. Draws nothing.
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { useEvent } from '../../bridge/use-event.ts';
import { showNotice } from '../../components/show-notice.tsx';

export function EngineNews(): null {
  const { t } = useTranslation();
  /** Crashes told of already: one of them is several changes of the status. */
  const told = useRef(0);
  useEvent('engine.changed', ({ status: { state, restarts } }) => {
    if (state !== 'restarting' || restarts <= told.current) return;
    told.current = restarts;
    showNotice({
      id: `engine came back ${restarts}`,
      kind: 'information',
      title: t('settings.engineCameBackTitle'),
      message: t('settings.engineCameBack'),
    });
  });
  return null;
}
