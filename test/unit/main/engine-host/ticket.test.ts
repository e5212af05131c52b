// Which task goes next.
import { expect, test } from 'vitest';
import { mustWait, newTicket, nextTicket, type Ticket } from '../../../../src/main/engine-host/ticket.ts';
import { heavy, light, patient } from '../../../helpers/engine-tasks.ts';

function ticket(task: Ticket['task'], change: Partial<Ticket> = {}): Ticket {
  const end = { resolve: () => undefined, reject: () => undefined };
  return { ...newTicket(task, { priority: 'background' }, end), ...change };
}

const render = () => ticket(heavy('render'));
const preview = () => ticket(light('preview'), { priority: 'interactive' });

test('first come, first served; interactive before background', () => {
  const [first, second] = [render(), render()];
  const urgent = ticket(heavy('urgent'), { priority: 'interactive' });
  expect(nextTicket([], [])).toBeNull();
  expect(nextTicket([first, second], [])).toBe(first);
  expect(nextTicket([first, urgent], [])).toBe(urgent);
});

test('heavy tasks wait for each other, previews run beside them, two at a time', () => {
  const look = preview();
  expect(nextTicket([render()], [render()])).toBeNull();
  expect(nextTicket([render(), look], [render()])).toBe(look);
  expect(nextTicket([preview()], [preview(), preview()])).toBeNull();
  const next = render();
  expect(nextTicket([preview(), next], [preview(), preview()])).toBe(next);
});

test('a film made playable keeps nothing small waiting, and there is one of them at a time', () => {
  const standIn = () =>
    ticket(
      {
        kind: 'make-clip-stand-in',
        ...{ path: '/film.avi', ffmpegPath: null, sequenceFramesPerSecond: 25 },
        ...{ maxSidePx: 1280, outputPath: '/film.mp4' },
      },
      { priority: 'interactive' },
    );
  const look = preview();
  const next = render();
  expect(nextTicket([standIn(), standIn(), look], [standIn()])).toBe(look);
  expect(nextTicket([standIn(), look], [standIn(), preview()])).toBe(look);
  expect(nextTicket([standIn(), look, next], [standIn(), preview(), preview()])).toBe(next);
  const waiting = standIn();
  expect(nextTicket([preview(), waiting], [preview(), preview(), render()])).toBe(waiting);
});

test('tasks that saw an engine die go first, never beside each other', () => {
  const retried = ticket(heavy('retried'), { crashes: 1 });
  const retriedPreview = ticket(light('retried'), { crashes: 1 });
  const fresh = preview();
  expect(nextTicket([fresh, retried], [])).toBe(retried);
  expect(nextTicket([retriedPreview], [retried])).toBeNull();
  expect(nextTicket([retriedPreview, fresh], [retried])).toBe(fresh);
  expect(nextTicket([retriedPreview], [render()])).toBe(retriedPreview);
});

test('a film makes way for what is shorter, not for another film', () => {
  const film = ticket(patient('film'));
  const photo = render();
  expect(nextTicket([photo], [film])).toBe(photo);
  expect(nextTicket([film], [photo])).toBe(film);
  expect(nextTicket([ticket(patient('another film'))], [film])).toBeNull();
  expect(nextTicket([render()], [film, photo])).toBeNull();
  expect(mustWait(film, [film, photo])).toBe(true);
  expect(mustWait(film, [film, preview()])).toBe(false);
  expect(mustWait(photo, [film, photo])).toBe(false);
});

test('of two that saw an engine die the shorter one is tried first', () => {
  const film = ticket(patient('film'), { crashes: 1 });
  const photo = ticket(heavy('photo'), { crashes: 1 });
  expect(nextTicket([film, photo], [])).toBe(photo);
  expect(nextTicket([film], [photo])).toBeNull();
});
