import type { Client } from '../../history/history.js';

/** One connection of a device. */
export interface Connection {
  /** Counts the connections from 0. */
  number: number;
  device: Device;
  /** The line of its beginning; Infinity: there never was one. */
  opened: number;
  /** The line of its end; Infinity: it was open when the history ended. */
  closed: number;
}

export interface Device {
  number: number;
  userId: string;
  deviceId: string;
  /** The latest; what a device is pushed after the end of a connection came over that one. */
  connection: Connection;
  /** The line of its latest sync that was complete; 0: none was. */
  synced: number;
}

/** Every device with its connections. */
export class Devices {
  readonly all: Device[] = [];
  readonly connections: Connection[] = [];
  private readonly byName = new Map<string, Device>();

  of({ userId, deviceId }: Client): Device {
    const name = `${userId}|${deviceId}`;
    const found = this.byName.get(name);
    if (found) return found;
    const device = { number: this.all.length, userId, deviceId, synced: 0 } as Device;
    // A device that only calls over HTTP never has one: it was never opened.
    this.connect(device, Infinity);
    this.all.push(device);
    this.byName.set(name, device);
    return device;
  }

  open(client: Client, line: number): void {
    const device = this.of(client);
    if (device.connection.closed === Infinity) device.connection.closed = line;
    this.connect(device, line);
  }

  close(client: Client, line: number): void {
    this.of(client).connection.closed = line;
  }

  private connect(device: Device, opened: number): void {
    device.connection = { number: this.connections.length, device, opened, closed: Infinity };
    this.connections.push(device.connection);
  }
}
