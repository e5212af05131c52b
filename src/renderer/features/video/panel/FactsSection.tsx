// What the film is, and what "Restore" would keep and change of it: follows every edit.
import { Loader } from '@mantine/core';
import { IconCheck, IconInfoCircle, IconMinus, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ClipNotice } from '#shared/domain/clip.ts';
import type { Clip } from '#shared/domain/project-clip.ts';
import { useModels } from '../../../bridge/use-answers.ts';
import { FailureWords } from '../../../components/FailureWords.tsx';
import { PanelSection } from '../../../components/PanelSection.tsx';
import { useFormats } from '../../../formatting/use-formats.ts';
import { asErrorWire } from '../../../translations/error-words.ts';
import { durationOf, frameRateOf, timeCode } from '../player/time-code.ts';
import { useClipPlan } from '../use-clips.ts';
import styles from './ClipPanel.module.css';
import { codecName, containerName } from './codec-names.ts';

export function FactsSection({ clip }: { clip: Clip }): ReactNode {
  const { t } = useTranslation('video');
  return (
    <>
      <PanelSection title={t('facts.title')}>
        <Facts clip={clip} />
      </PanelSection>
      <PanelSection title={t('plan.title')}>
        <Plan clip={clip} />
      </PanelSection>
    </>
  );
}

function Facts({ clip: { facts } }: { clip: Clip }): ReactNode {
  const { t } = useTranslation('video');
  const formats = useFormats();
  const { video, audio } = facts;
  const [sound] = audio;
  const duration = durationOf(facts);
  const rate = Math.round(frameRateOf(facts) * 1000) / 1000;
  const lines: (readonly [string, string])[] = [
    [
      t('facts.picture'),
      [
        codecName(video.codec),
        t('facts.size', { width: formats.whole(video.widthPx), height: formats.whole(video.heightPx) }),
        t('facts.depth', { count: video.bitDepth }),
      ].join(', '),
    ],
    [
      t('facts.rate'),
      video.isVariableFrameRate ? t('facts.variableRate', { rate }) : t('facts.steadyRate', { rate }),
    ],
    [
      t('facts.length'),
      [
        ...(duration > 0 ? [timeCode(duration)] : [t('facts.unknown')]),
        ...(video.frameCount === null ? [] : [t('facts.frames', { count: video.frameCount })]),
      ].join(', '),
    ],
    [
      t('facts.sound'),
      sound === undefined
        ? t('facts.silent')
        : [
            sound.isReadable
              ? codecName(sound.codec)
              : t('facts.unreadable', { codec: codecName(sound.codec) }),
            t('facts.channels', { count: sound.channels }),
            t('facts.sampleRate', { rate: sound.sampleRateHz / 1000 }),
            ...(audio.length > 1 ? [t('facts.moreTracks', { count: audio.length - 1 })] : []),
          ].join(', '),
    ],
    ...(video.interlacing === 'top-first' || video.interlacing === 'bottom-first'
      ? [[t('facts.lines'), t('facts.interlaced')] as const]
      : []),
    ...(video.hdr === 'none' ? [] : [[t('facts.light'), t(`facts.hdr.${video.hdr}`)] as const]),
    ...(facts.subtitles.length === 0
      ? []
      : [[t('facts.subtitles'), t('facts.tracks', { count: facts.subtitles.length })] as const]),
    [
      t('facts.file'),
      [
        facts.kind === 'image-sequence' ? t('facts.folder') : containerName(facts.container, facts.fileName),
        formats.bytes(facts.byteSize),
      ].join(', '),
    ],
  ];
  return (
    <dl className={styles['facts']}>
      {lines.map(([name, value]) => (
        <FactLine key={name} name={name} value={value} />
      ))}
    </dl>
  );
}

function FactLine({ name, value }: { name: string; value: string }): ReactNode {
  return (
    <>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </>
  );
}

type Kind = 'kept' | 'changed' | 'lost' | 'note';
const icons = { kept: IconCheck, changed: IconRefresh, lost: IconMinus, note: IconInfoCircle } as const;
const order: readonly Kind[] = ['lost', 'changed', 'note', 'kept'];

/** The first part of a notice's code. */
function kindOf({ code }: ClipNotice): Kind {
  return order.find((kind) => code.startsWith(`${kind}.`)) ?? 'note';
}

function Plan({ clip }: { clip: Clip }): ReactNode {
  const { t } = useTranslation('video');
  const { data: plan, error } = useClipPlan(clip.id);
  const { data: models } = useModels();
  if (error !== null) return <FailureWords error={asErrorWire(error)} />;
  if (plan === undefined) return <Loader size="xs" aria-label={t('loading')} />;
  const nameOf = (id: string): string => models?.find(({ entry }) => entry.id === id)?.entry.name ?? id;
  const notices = plan.notices.toSorted((a, b) => order.indexOf(kindOf(a)) - order.indexOf(kindOf(b)));
  return (
    <ul className={styles['notices']} aria-live="polite">
      <li data-kind="note">
        <IconInfoCircle size={16} aria-hidden />
        <span>
          {plan.upscalerId === null
            ? t('plan.models', { restorer: nameOf(plan.restorerId) })
            : t('plan.modelsBoth', { restorer: nameOf(plan.restorerId), upscaler: nameOf(plan.upscalerId) })}
        </span>
      </li>
      {notices.map((notice) => {
        const kind = kindOf(notice);
        const Icon = icons[kind];
        return (
          <li key={`${notice.code} ${JSON.stringify(notice.params)}`} data-kind={kind}>
            <Icon size={16} aria-hidden />
            <span>{t(`notices.${notice.code}`, withNames(notice.params))}</span>
          </li>
        );
      })}
    </ul>
  );
}

/** Codecs by the names people know. */
function withNames(params: ClipNotice['params']): Record<string, string | number> {
  return Object.fromEntries(
    Object.entries(params).map(([name, value]) => [
      name,
      typeof value === 'string' && ['codec', 'before', 'after'].includes(name) ? codecName(value) : value,
    ]),
  );
}
