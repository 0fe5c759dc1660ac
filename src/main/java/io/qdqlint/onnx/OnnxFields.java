package io.qdqlint.onnx;

/**
 * Field numbers of the messages in onnx.proto (ONNX 1.23, IR version 14) that qdqlint reads. Numbers never change their
 * meaning in protobuf, so older and newer files agree with these.
 */
final class OnnxFields {
    private OnnxFields() {}

    static final int MODEL_IR_VERSION = 1;
    static final int MODEL_PRODUCER_NAME = 2;
    static final int MODEL_PRODUCER_VERSION = 3;
    static final int MODEL_GRAPH = 7;
    static final int MODEL_OPSET_IMPORT = 8;
    static final int MODEL_METADATA_PROPS = 14;
    static final int MODEL_FUNCTIONS = 25;

    static final int OPSET_DOMAIN = 1;
    static final int OPSET_VERSION = 2;

    /** StringStringEntryProto. */
    static final int ENTRY_KEY = 1;

    static final int ENTRY_VALUE = 2;

    static final int GRAPH_NODE = 1;
    static final int GRAPH_NAME = 2;
    static final int GRAPH_INITIALIZER = 5;
    static final int GRAPH_INPUT = 11;
    static final int GRAPH_OUTPUT = 12;
    static final int GRAPH_VALUE_INFO = 13;
    static final int GRAPH_SPARSE_INITIALIZER = 15;

    static final int SPARSE_VALUES = 1;
    static final int SPARSE_DIMS = 3;

    static final int FUNCTION_NAME = 1;
    static final int FUNCTION_INPUT = 4;
    static final int FUNCTION_OUTPUT = 5;
    static final int FUNCTION_NODE = 7;
    static final int FUNCTION_OPSET_IMPORT = 9;
    static final int FUNCTION_DOMAIN = 10;
    static final int FUNCTION_ATTRIBUTE_PROTO = 11;
    static final int FUNCTION_VALUE_INFO = 12;
    static final int FUNCTION_OVERLOAD = 13;

    static final int NODE_INPUT = 1;
    static final int NODE_OUTPUT = 2;
    static final int NODE_NAME = 3;
    static final int NODE_OP_TYPE = 4;
    static final int NODE_ATTRIBUTE = 5;
    static final int NODE_DOMAIN = 7;
    static final int NODE_OVERLOAD = 8;

    static final int ATTRIBUTE_NAME = 1;
    static final int ATTRIBUTE_F = 2;
    static final int ATTRIBUTE_I = 3;
    static final int ATTRIBUTE_S = 4;
    static final int ATTRIBUTE_T = 5;
    static final int ATTRIBUTE_G = 6;
    static final int ATTRIBUTE_FLOATS = 7;
    static final int ATTRIBUTE_INTS = 8;
    static final int ATTRIBUTE_STRINGS = 9;
    static final int ATTRIBUTE_GRAPHS = 11;
    static final int ATTRIBUTE_TYPE = 20;
    static final int ATTRIBUTE_REF_NAME = 21;

    /** Values of {@link #ATTRIBUTE_TYPE}. */
    static final int TYPE_FLOAT = 1;

    static final int TYPE_INT = 2;
    static final int TYPE_STRING = 3;
    static final int TYPE_TENSOR = 4;
    static final int TYPE_GRAPH = 5;
    static final int TYPE_FLOATS = 6;
    static final int TYPE_INTS = 7;
    static final int TYPE_STRINGS = 8;
    static final int TYPE_GRAPHS = 10;

    static final int VALUE_INFO_NAME = 1;
    static final int VALUE_INFO_TYPE = 2;
    static final int TYPE_PROTO_TENSOR = 1;
    static final int TENSOR_TYPE_ELEMENT = 1;
    static final int TENSOR_TYPE_SHAPE = 2;
    static final int SHAPE_DIM = 1;
    static final int DIM_VALUE = 1;
    static final int DIM_PARAM = 2;

    static final int TENSOR_DIMS = 1;
    static final int TENSOR_DATA_TYPE = 2;
    static final int TENSOR_FLOAT_DATA = 4;
    static final int TENSOR_INT32_DATA = 5;
    static final int TENSOR_INT64_DATA = 7;
    static final int TENSOR_NAME = 8;
    static final int TENSOR_RAW_DATA = 9;
    static final int TENSOR_DOUBLE_DATA = 10;
    static final int TENSOR_UINT64_DATA = 11;
    static final int TENSOR_EXTERNAL_DATA = 13;
    static final int TENSOR_DATA_LOCATION = 14;
    static final int LOCATION_EXTERNAL = 1;
}
