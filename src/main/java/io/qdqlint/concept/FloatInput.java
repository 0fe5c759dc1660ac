package io.qdqlint.concept;

import io.qdqlint.ir.Node;
import io.qdqlint.ir.Value;

/** The pointwise layer with this end reads a tensor from outside that no DQ gives: activations in floating point, constants' DQs. */
public record FloatInput(Node end, Value tensor) {}
