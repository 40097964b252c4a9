import { WebSocket } from 'ws';
import { CLOSE_CODES } from '#contracts';

const TOO_LARGE = 1009;

/** `ws` closes with 1009 what sends more than `maxPayload`, before anybody hears of it: here it says `closing` and uses our code. */
export class EdgeSocket extends WebSocket {
  onOversize: () => void = () => undefined;

  override close(code?: number, data?: string | Buffer): void {
    if (code !== TOO_LARGE) {
      super.close(code, data);
      return;
    }
    this.onOversize();
    super.close(CLOSE_CODES.protocol_error.code, 'protocol_error');
  }
}
