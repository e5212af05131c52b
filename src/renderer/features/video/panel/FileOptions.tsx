// The panel's part about the file that is written: kind, codec, quality, hardware. Only what works here is offered.
import { SegmentedControl, Select, Switch, Text } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import { useTranslation } from 'react-i18next';
import {
  type ClipEncoding,
  clipCodecSchema,
  clipContainerSchema,
  clipQualitySchema,
} from '#shared/domain/clip.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { PanelSection } from '../../../components/PanelSection.tsx';
import restore from '../../restore/Restore.module.css';
import { useClipEdits } from '../use-clip-edits.ts';
import { useClipEncoders, useEditedClip } from '../use-clips.ts';
import { changeEncoding, codecsFor, containersFor, hasHardware } from './choose-encoding.ts';

export function FileOptions({ clip, isReadOnly }: { clip: Clip; isReadOnly: boolean }): ReactNode {
  const { t } = useTranslation('video');
  const { options } = useEditedClip(clip.id);
  const { apply } = useClipEdits(clip.id);
  const { data: encoders } = useClipEncoders();
  const qualityId = useId();
  const { encoding } = options;
  const working = encoders ?? [];
  const change = (part: Partial<ClipEncoding>): void =>
    apply({ kind: 'clip.set-encoding', encoding: changeEncoding(encoding, part, working) });
  const containers = [...new Set([...containersFor(working), encoding.container])];
  const codecs = [...new Set([...codecsFor(encoding.container, working), encoding.codec])];
  const hardware = encoders?.find(({ codec, encoder }) => codec === encoding.codec && encoder === 'hardware');
  const isLossy = encoding.codec !== 'png' && encoding.codec !== 'gif';
  return (
    <PanelSection title={t('file.title')}>
      <Select
        label={t('file.container')}
        disabled={isReadOnly || encoders === undefined}
        value={encoding.container}
        data={containers.map((container) => ({ value: container, label: t(`file.containers.${container}`) }))}
        onChange={(value) => {
          const container = clipContainerSchema.safeParse(value);
          if (container.success) change({ container: container.data });
        }}
      />
      {codecs.length > 1 && (
        <Select
          label={t('file.codec')}
          description={t(`file.codecHints.${encoding.codec}`)}
          inputWrapperOrder={['label', 'input', 'description']}
          disabled={isReadOnly || encoders === undefined}
          value={encoding.codec}
          data={codecs.map((codec) => ({ value: codec, label: t(`file.codecs.${codec}`) }))}
          onChange={(value) => {
            const codec = clipCodecSchema.safeParse(value);
            if (codec.success) change({ codec: codec.data });
          }}
        />
      )}
      {isLossy && (
        <div className={restore['field']}>
          <Text size="sm" id={qualityId}>
            {t('file.quality')}
          </Text>
          <SegmentedControl
            fullWidth
            size="xs"
            aria-labelledby={qualityId}
            disabled={isReadOnly}
            value={encoding.quality}
            onChange={(quality) => change({ quality })}
            data={clipQualitySchema.options.map((quality) => ({
              value: quality,
              label: t(`file.qualities.${quality}`),
            }))}
          />
        </div>
      )}
      {hasHardware(encoding.codec, working) && (
        <Switch
          label={t('file.hardware')}
          description={hardware?.name}
          checked={encoding.encoder === 'hardware'}
          disabled={isReadOnly}
          onChange={(event) => change({ encoder: event.currentTarget.checked ? 'hardware' : 'software' })}
        />
      )}
    </PanelSection>
  );
}
