// Says once, visibly, that another device is used than the one wanted. Draws nothing.
import { useTranslation } from 'react-i18next';
import { useEvent } from '../../bridge/use-event.ts';
import { showNotice } from '../../components/show-notice.tsx';

export function DeviceNews(): null {
  const { t } = useTranslation();
  useEvent('device.fell-back', ({ device }) => {
    if (device.fellBackFrom === null) return;
    showNotice({
      id: `fell back from ${device.fellBackFrom}`,
      kind: 'information',
      title: t('settings.fellBackTitle'),
      message: t('settings.fellBack', {
        wanted: t(`settings.devices.${device.fellBackFrom}`),
        device: t(`settings.devices.${device.provider}`),
      }),
    });
  });
  return null;
}
