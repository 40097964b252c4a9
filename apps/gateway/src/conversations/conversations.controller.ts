import { Body, Controller, Get, Inject, Param, Patch, Post, Put, Query, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { BUS, type Bus } from '#bus';
import { CONVERSATION_QUESTIONS, MESSAGE_QUESTIONS, type UserId } from '#contracts';
import { ActingUser } from '../access/request-caller.js';
import { linkNext } from '../http/next-link.js';
import { given } from '../input/given.js';
import { PageQuery } from '../input/page.query.js';
import { ConversationPath } from '../input/paths.js';
import { Endpoint } from '../openapi/endpoint.decorator.js';
import {
  ConversationDto,
  conversationDto,
  ConversationPageDto,
  ConversationStateDto,
  ConversationStatesDto,
  stateDto,
} from './conversations.answer.js';
import { ReadCursorInput, SettingsInput, StatesInput } from './conversations.input.js';

@ApiTags('conversations')
@Controller('v1')
export class ConversationsController {
  constructor(@Inject(BUS) private readonly bus: Bus) {}

  @Get('me/conversations')
  @Endpoint({
    summary: 'List my conversations: pinned first, then the latest first',
    access: 'user',
    status: 200,
    answer: ConversationPageDto,
    errors: ['invalid_cursor'],
  })
  async list(
    @ActingUser() userId: UserId,
    @Query() page: PageQuery,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ConversationPageDto> {
    const { items, nextCursor } = await this.bus.ask(CONVERSATION_QUESTIONS.list, userId, { ...given(page), userId });
    linkNext(reply, nextCursor);
    return { items: items.map(conversationDto), nextCursor };
  }

  @Get('me/conversations/:conversationId')
  @Endpoint({
    summary: 'Read one of my conversations',
    access: 'user',
    status: 200,
    answer: ConversationDto,
    errors: ['conversation_not_found'],
  })
  async read(@ActingUser() userId: UserId, @Param() { conversationId }: ConversationPath): Promise<ConversationDto> {
    return conversationDto(await this.bus.ask(CONVERSATION_QUESTIONS.get, userId, { userId, conversationId }));
  }

  @Patch('me/conversations/:conversationId')
  @Endpoint({
    summary: 'Pin, mute, or keep a draft',
    access: 'user',
    status: 200,
    answer: ConversationDto,
    hasBody: true,
    errors: ['conversation_not_found'],
  })
  async update(
    @ActingUser() userId: UserId,
    @Param() { conversationId }: ConversationPath,
    @Body() input: SettingsInput,
  ): Promise<ConversationDto> {
    return conversationDto(await this.bus.ask(CONVERSATION_QUESTIONS.update, userId, { ...given(input), userId, conversationId }));
  }

  @Post('me/conversations::states')
  @Endpoint({
    summary: 'Read the latest seqs and read cursors of up to 200 conversations',
    access: 'user',
    status: 200,
    answer: ConversationStatesDto,
    hasBody: true,
    errors: [],
  })
  async states(@ActingUser() userId: UserId, @Body() { conversationIds }: StatesInput): Promise<ConversationStatesDto> {
    const items = await this.bus.ask(MESSAGE_QUESTIONS.getStates, userId, { userId, conversationIds });
    return { items: items.map(stateDto) };
  }

  @Put('conversations/:conversationId/read-cursor')
  @Endpoint({
    summary: 'Move my read cursor forward',
    access: 'user',
    status: 200,
    answer: ConversationStateDto,
    hasBody: true,
    errors: ['conversation_not_found', 'not_a_member', 'outside_window'],
  })
  async markRead(
    @ActingUser() userId: UserId,
    @Param() { conversationId }: ConversationPath,
    @Body() { seq }: ReadCursorInput,
  ): Promise<ConversationStateDto> {
    return stateDto(await this.bus.ask(MESSAGE_QUESTIONS.markRead, conversationId, { userId, conversationId, seq }));
  }
}
